package dev.settle.abort;

import static dev.settle.abort.Outcomes.await;
import static dev.settle.abort.Outcomes.entry;
import static dev.settle.abort.Outcomes.outcome;
import static dev.settle.abort.Outcomes.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import dev.settle.time.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** How long things may take, and what happens when they take longer. */
class AbortLimitTests {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AbortReason reason = AbortReason.application("enough");
    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal();
    private final AsyncAbortController controller = controller(this.time);
    private final AbortGroup group = this.controller.phase(7);
    private final HandCleanup hung = new HandCleanup();

    private AsyncAbortController controller(TimeSource clock) {
        return AsyncAbortController.builder()
                .time(clock)
                .executor(Runnable::run)
                .phaseLimit(Duration.ofSeconds(10))
                .phaseLimits(Map.of(3, Duration.ofSeconds(4)))
                .listener(this.journal)
                .build();
    }

    private void assertEndsAfter(Duration limit, String whose, CompletableFuture<AbortReport> settlement) {
        this.time.advance(limit.minusNanos(1));
        assertThat(settlement).as("just before " + limit).isNotDone();
        this.time.advance(Duration.ofNanos(1));
        AbortReport report = settled(settlement);
        assertThat(outcome(report, "hung")).isEqualTo(Outcome.TIMED_OUT);
        assertThat(entry(report, "hung").failure())
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("'hung'")
                .hasMessageContaining(whose);
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void ownLimitOfACleanup() {
        this.group.onAbort("hung", Duration.ofSeconds(2), this.hung);

        assertEndsAfter(Duration.ofSeconds(2), "its own limit of 2 s", this.group.abortAsync(this.reason));
    }

    @Test
    void limitOfThePhase() {
        this.group.onAbort("hung", LONG, this.hung);

        assertEndsAfter(Duration.ofSeconds(10), "the limit of phase 7 of 10 s", this.group.abortAsync(this.reason));
    }

    @Test
    void limitOfACertainPhase() {
        this.controller.phase(3).onAbort("hung", LONG, this.hung);

        assertEndsAfter(Duration.ofSeconds(4), "the limit of phase 3 of 4 s", this.controller.abortAsync(this.reason));
    }

    @Test
    void limitOfTheAbort() {
        this.group.onAbort("hung", LONG, this.hung);

        assertEndsAfter(
                Duration.ofSeconds(1),
                "the limit of the abort of 1 s",
                this.group.abortAsync(this.reason, Duration.ofSeconds(1)));
    }

    @Test
    void phaseIsThirtySecondsByDefault() {
        AsyncAbortController plain = AsyncAbortController.builder()
                .time(this.time)
                .executor(Runnable::run)
                .build();
        plain.onAbort("hung", this.hung);

        assertEndsAfter(Duration.ofSeconds(30), "the limit of phase 0 of 30 s", plain.abortAsync(this.reason));
    }

    @Test
    void ownLimitCountsFromTheGroupsTurn() {
        HandCleanup first = new HandCleanup();
        this.group.onAbort("first", first);
        this.group.nextGroup().onAbort("hung", Duration.ofSeconds(2), this.hung);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);
        this.time.advance(Duration.ofSeconds(5));
        first.finish();

        assertEndsAfter(Duration.ofSeconds(2), "its own limit", settlement);
    }

    @Test
    void limitOfThePhaseCountsFromItsBeginningNotFromTheAborts() {
        HandCleanup first = new HandCleanup();
        this.controller.phase(8).onAbort("first", first);
        this.group.onAbort("hung", this.hung);
        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);
        this.time.advance(Duration.ofSeconds(5));
        first.finish();

        assertEndsAfter(Duration.ofSeconds(10), "the limit of phase 7", settlement);
    }

    @Test
    void laterAbortShortensTheLimitOfWhatIsRunning() {
        this.group.onAbort("hung", this.hung);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason, Duration.ofSeconds(8));
        this.time.advance(Duration.ofSeconds(1));

        this.group.abortAsync(this.reason, Duration.ofSeconds(2));

        assertThat(this.hung.event().remaining()).isEqualTo(Duration.ofSeconds(2));
        assertEndsAfter(Duration.ofSeconds(2), "the limit of the abort of 2 s", settlement);
    }

    @Test
    void laterAbortShortensTheLimitOfWhatIsStillToCome() {
        HandCleanup first = new HandCleanup();
        this.group.onAbort("first", first);
        this.group.nextGroup().onAbort("hung", this.hung);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        this.group.abortAsync(this.reason, Duration.ofSeconds(2));
        this.time.advance(Duration.ofSeconds(1));
        first.finish();

        assertEndsAfter(Duration.ofSeconds(1), "the limit of the abort of 2 s", settlement);
    }

    @Test
    void laterAbortNeverExtendsTheLimit() {
        this.group.onAbort("hung", this.hung);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason, Duration.ofSeconds(2));

        this.group.abortAsync(this.reason, Duration.ofSeconds(9));
        this.group.abortAsync(this.reason);

        assertEndsAfter(Duration.ofSeconds(2), "the limit of the abort of 2 s", settlement);
    }

    @Test
    void abortOfAllShortensTheLimitOfAGroupWhoseOwnAbortIsGoingOn() {
        this.group.onAbort("hung", this.hung);
        CompletableFuture<AbortReport> ofGroup = this.group.abortAsync(this.reason);

        CompletableFuture<AbortReport> ofAll = this.controller.abortAsync(this.reason, Duration.ofSeconds(2));

        assertThat(this.hung.event().remaining()).isLessThanOrEqualTo(Duration.ofSeconds(2));
        this.time.advance(Duration.ofSeconds(2));
        assertThat(outcome(settled(ofGroup), "hung")).isEqualTo(Outcome.TIMED_OUT);
        assertThat(settled(ofAll).settled()).isTrue();
    }

    @Test
    void abortThatComesWhileAGroupIsAboutToBeginShortensItsLimit() {
        // The group has been given its limit, but has not begun: its listener is being told.
        List<CompletableFuture<AbortReport>> second = new ArrayList<>();
        AsyncAbortController aborting = AsyncAbortController.builder()
                .time(this.time)
                .executor(Runnable::run)
                .listener(new AbortListener() {
                    @Override
                    public void groupAborting(AbortGroup begun, AbortReason why) {
                        second.add(begun.abortAsync(why, Duration.ofSeconds(2)));
                    }
                })
                .build();
        aborting.onAbort("hung", this.hung);

        assertEndsAfter(Duration.ofSeconds(2), "the limit of the abort of 2 s", aborting.abortAsync(this.reason, LONG));
        assertThat(second.get(0)).isCompleted();
    }

    @Test
    void abortThatComesWhileTheTimerIsBeingArmedShortensTheLimit() {
        // Two limits of one cleanup are armed at the same moment; the timer of the longer one comes last.
        HookedTime hooked = new HookedTime(this.time);
        AsyncAbortController armed = controller(hooked);
        armed.onAbort("hung", this.hung);
        hooked.onNextSchedule(delay -> armed.abortAsync(this.reason, Duration.ofSeconds(2)));

        assertEndsAfter(Duration.ofSeconds(2), "the limit of the abort of 2 s", armed.abortAsync(this.reason));
    }

    @Test
    void groupKeepsANearerLimitThatComesBeforeItHasBegun() {
        // A settlement chooses a group's limit and begins the group; a second abort may come in between.
        Group begun = (Group) this.group;
        begun.onAbort("hung", this.hung);
        long now = this.time.nanoTime();
        begun.members().limitTo(Limit.from(now, Duration.ofSeconds(2).toNanos(), "the second abort"));

        Settlement settlement = new Settlement((Controller) this.controller, begun, this.reason);
        begun.members()
                .begin(
                        settlement,
                        this.reason,
                        Limit.from(now, Duration.ofSeconds(9).toNanos(), "the first"),
                        false,
                        true);

        assertThat(this.hung.event().remaining()).isEqualTo(Duration.ofSeconds(2));
        this.hung.finish();
    }

    @Test
    void closingHasALimitOfItsOwn() {
        HookedTime hooked = new HookedTime(this.time);
        AsyncAbortController closing = AsyncAbortController.builder()
                .time(hooked)
                .executor(Runnable::run)
                .closeLimit(Duration.ofSeconds(2))
                .build();
        closing.onAbort("hung", this.hung);
        CompletableFuture<AbortReport> settlement = closing.abortAsync(this.reason);
        assertThat(this.hung.event().remaining()).isEqualTo(Duration.ofSeconds(30));

        int before = hooked.armed();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(closing::close, Workers.shared());
        await(() -> this.hung.event().remaining().equals(Duration.ofSeconds(2)) && hooked.armed() > before);

        assertThat(closed).isNotDone();
        assertEndsAfter(Duration.ofSeconds(2), "the limit of the abort of 2 s", settlement);
        assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void eventTellsTheRemainingTime() {
        this.group.onAbort("hung", Duration.ofSeconds(2), this.hung);
        this.group.abortAsync(this.reason);
        assertThat(this.hung.event().remaining()).isEqualTo(Duration.ofSeconds(2));
        assertThat(this.hung.event().hard().remaining()).contains(Duration.ofSeconds(2));

        this.time.advance(Duration.ofMillis(500));
        assertThat(this.hung.event().remaining()).isEqualTo(Duration.ofMillis(1500));
        assertThat(this.hung.event().hard().remaining()).contains(Duration.ofMillis(1500));

        this.time.advance(Duration.ofSeconds(5));
        assertThat(this.hung.event().remaining()).isZero();
        assertThat(this.hung.event().hard().remaining()).contains(Duration.ZERO);
    }

    @Test
    void hardSignalIsOpenUntilTheTimeIsUp() {
        this.group.onAbort("hung", Duration.ofSeconds(2), this.hung);
        this.group.abortAsync(this.reason);

        this.time.advance(Duration.ofSeconds(2).minusNanos(1));
        assertThat(this.hung.event().hard().aborted()).isFalse();

        this.time.advance(Duration.ofNanos(1));
        assertThat(this.hung.event().hard().reason().orElseThrow().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void hardSignalThenCancelThenTimedOutThenTheNextGroup() {
        CompletableFuture<Object> stage = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                journal.note("cancelled");
                return super.cancel(mayInterruptIfRunning);
            }
        };
        this.group.onAbort("hung", Duration.ofSeconds(2), event -> {
            event.hard().onAbort(why -> this.journal.note("hard"));
            return stage;
        });
        this.group.nextGroup("next").onAbort("later", this.journal.noting("later ran"));
        this.group.abortAsync(this.reason);

        this.time.advance(Duration.ofSeconds(2));

        assertThat(this.journal.lines())
                .containsSubsequence(
                        "phase 7 aborting: enough",
                        "hard",
                        "cancelled",
                        "hung TIMED_OUT",
                        "phase 7 settled {TIMED_OUT=1}",
                        "next aborting: enough",
                        "later ran",
                        "later COMPLETED");
        assertThat(stage).isCancelled();
    }

    @Test
    void endOfACleanupBecauseItWasStoppedIsNotLate() {
        this.group.onAbort("hung", Duration.ofSeconds(2), this.hung);
        this.group.abortAsync(this.reason);

        this.time.advance(Duration.ofSeconds(2));

        assertThat(this.hung.stage()).isCancelled();
        assertThat(this.journal.lines()).contains("hung TIMED_OUT").noneMatch(line -> line.contains("late by"));
    }

    @Test
    void cleanupThatEndsAtTheHardSignalHasTimedOutAllTheSame() {
        this.group.onAbort("hung", Duration.ofSeconds(2), event -> {
            event.hard().onAbort(why -> this.hung.finish());
            return this.hung.cleanUp(event);
        });
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        assertEndsAfter(Duration.ofSeconds(2), "its own limit", settlement);
    }

    @Test
    void cleanupThatCannotBeCancelledTimesOutAllTheSame() {
        CompletableFuture<String> future = new CompletableFuture<>();
        this.group.onAbort("hung", Duration.ofSeconds(2), event -> Stages.followingOnly(future));
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        assertEndsAfter(Duration.ofSeconds(2), "its own limit", settlement);
        assertThat(future).isNotDone();
    }

    @Test
    void cleanupWhoseCancelThrowsAnErrorTimesOutAllTheSame() {
        CompletableFuture<Object> stage = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                throw new AssertionError("expected by the test");
            }
        };
        this.group.onAbort("hung", Duration.ofSeconds(2), event -> stage);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        assertEndsAfter(Duration.ofSeconds(2), "its own limit", settlement);
    }

    @Test
    void lateEndIsToldWithItsLatenessAndChangesNothing() {
        CompletableFuture<String> future = new CompletableFuture<>();
        this.group.onAbort("hung", Duration.ofSeconds(2), event -> Stages.followingOnly(future));
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);
        this.time.advance(Duration.ofSeconds(2));
        AbortReport report = settled(settlement);

        this.time.advance(Duration.ofMillis(3200));
        future.complete("at last");

        assertThat(this.journal.lines()).endsWith("hung late by PT3.2S");
        assertThat(this.group.report()).isEqualTo(report);
    }

    @Test
    void timerIsDisarmedWhenTheCleanupEnds() {
        this.group.onAbort("hung", this.hung);
        this.group.abortAsync(this.reason);
        assertThat(this.time.pending()).isEqualTo(1);

        this.hung.finish();

        assertThat(this.time.pending()).isZero();
    }

    @Test
    void openCleanupHasNoTimer() {
        this.group.onAbort("hung", this.hung);

        assertThat(this.time.pending()).isZero();
    }

    @Test
    void hungGroupLeavesTimeForThoseAfterItInItsPhase() {
        HandCleanup later = new HandCleanup();
        this.group.onAbort("hung", this.hung);
        this.group.nextGroup().onAbort("later", later);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        // A tenth of the limit is kept for each rank to come, at most a second.
        this.time.advance(Duration.ofSeconds(9));

        assertThat(later.started()).isTrue();
        assertThat(later.event().remaining()).isEqualTo(Duration.ofSeconds(1));
        later.finish();
        assertThat(outcome(settled(settlement), "later")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void hungPhaseLeavesTimeForThoseAfterItInTheAbort() {
        HandCleanup later = new HandCleanup();
        this.controller.phase(9).onAbort("hung", this.hung);
        this.group.onAbort("later", later);
        // The controller itself is a third rank.
        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason, Duration.ofSeconds(1));

        this.time.advance(Duration.ofMillis(800));

        assertThat(later.started()).isTrue();
        assertThat(later.event().remaining()).isEqualTo(Duration.ofMillis(100));
        later.finish();
        assertThat(outcome(settled(settlement), "later")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void shortenedAbortLeavesTimeForThoseAfterTheHungOneToo() {
        HandCleanup later = new HandCleanup();
        this.group.onAbort("hung", this.hung);
        this.group.nextGroup().onAbort("later", later);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);
        this.group.abortAsync(this.reason, Duration.ofSeconds(1));

        this.time.advance(Duration.ofMillis(900));

        assertThat(later.started()).isTrue();
        assertThat(later.event().remaining()).isEqualTo(Duration.ofMillis(100));
        later.finish();
        assertThat(outcome(settled(settlement), "later")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void stepHasItsWholeLimitForItsOwnPhases() {
        this.controller.phase(50).onAbort("hung", this.hung);
        this.controller.phase(10).onAbort("not in this step", event -> null);

        assertEndsAfter(
                Duration.ofSeconds(1),
                "the limit of the abort of 1 s",
                this.controller.settleDownTo(50, this.reason, Duration.ofSeconds(1)));
    }

    @Test
    void stepShortensTheLimitOfItsOwnPhases() {
        this.group.onAbort("hung", this.hung);
        this.controller.abortAsync(this.reason);

        this.controller.settleDownTo(7, this.reason, Duration.ofSeconds(2));

        assertThat(this.hung.event().remaining()).isEqualTo(Duration.ofSeconds(2));
        this.hung.finish();
    }

    @Test
    void stepLeavesTheLimitOfLowerPhasesAlone() {
        HandCleanup high = new HandCleanup();
        this.controller.phase(20).onAbort("high", high);
        this.group.onAbort("hung", this.hung);
        this.controller.abortAsync(this.reason);
        this.controller.settleDownTo(8, this.reason, Duration.ofSeconds(2));
        assertThat(high.event().remaining()).isEqualTo(Duration.ofSeconds(2));

        high.finish();

        assertThat(this.hung.event().remaining()).isEqualTo(Duration.ofSeconds(10));
        this.hung.finish();
    }

    @Test
    void lateGroupOfAPhaseThatHasPassedHasTimeOfItsOwn() {
        HandCleanup late = new HandCleanup();
        this.controller.phase(20).onAbort("first", event -> null);
        this.controller.phase(10).onAbort("maker", this.hung);
        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);
        this.time.advance(Duration.ofSeconds(5));
        this.controller.phase(20).nextGroup().onAbort("late", late);
        this.time.advance(Duration.ofSeconds(5).minusNanos(1));
        this.hung.finish();

        assertThat(late.started()).isTrue();
        assertThat(late.event().remaining()).isGreaterThan(Duration.ofSeconds(5));
        late.finish();
        assertThat(outcome(settled(settlement), "late")).isEqualTo(Outcome.LATE);
    }

    @Test
    void cleanupStartsEvenWhenThereIsNoTimeLeftForIt() {
        HandExecutor executor = new HandExecutor();
        AsyncAbortController byHand = AsyncAbortController.builder()
                .time(this.time)
                .executor(executor)
                .listener(this.journal)
                .build();
        byHand.closeOnAbort("resource", () -> this.journal.note("closed"));
        CompletableFuture<AbortReport> settlement = byHand.abortAsync(this.reason, Duration.ZERO);
        this.time.run();
        assertThat(this.journal.lines()).contains("resource TIMED_OUT").doesNotContain("closed");

        executor.runAll();

        assertThat(this.journal.lines()).contains("closed");
        assertThat(outcome(settled(settlement), "resource")).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void stageOfACleanupThatStartsWithoutTimeIsCancelled() {
        HandExecutor executor = new HandExecutor();
        AsyncAbortController byHand = AsyncAbortController.builder()
                .time(this.time)
                .executor(executor)
                .build();
        byHand.onAbort("hung", this.hung);
        byHand.abortAsync(this.reason, Duration.ZERO);
        this.time.run();

        executor.runAll();

        assertThat(this.hung.event().hard().aborted()).isTrue();
        assertThat(this.hung.stage()).isCancelled();
    }

    @Test
    void limitOfZeroEndsAtOnce() {
        this.group.onAbort("hung", this.hung);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason, Duration.ofSeconds(-1));

        this.time.run();

        assertThat(this.hung.event().hard().aborted()).isTrue();
        assertThat(outcome(settled(settlement), "hung")).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void endlessLimitIsNoLimit() {
        AsyncAbortController endless = AsyncAbortController.builder()
                .time(this.time)
                .executor(Runnable::run)
                .phaseLimit(Duration.ofSeconds(Long.MAX_VALUE))
                .build();
        endless.onAbort("hung", this.hung);
        CompletableFuture<AbortReport> settlement = endless.abortAsync(this.reason, Duration.ofSeconds(Long.MAX_VALUE));

        this.time.advance(Duration.ofDays(36_500));

        assertThat(settlement).isNotDone();
        this.hung.finish();
        assertThat(outcome(settled(settlement), "hung")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void settlingGoesOnThoughStoppingACleanupHangs() throws Exception {
        CompletableFuture<Object> never = new CompletableFuture<>();
        CompletableFuture<Void> hanging = new CompletableFuture<>();
        this.group.onAbort("hung", Duration.ofSeconds(2), event -> {
            event.hard().onAbort(why -> {
                hanging.complete(null);
                never.join();
            });
            return this.hung.cleanUp(event);
        });
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);
        Thread timer = new Thread(() -> this.time.advance(Duration.ofSeconds(2)));
        timer.start();
        await(hanging);
        assertThat(settlement).isNotDone();

        this.time.advance(Duration.ofMillis(100));

        assertThat(outcome(settled(settlement), "hung")).isEqualTo(Outcome.TIMED_OUT);
        never.complete(null);
        timer.join(10_000);
        assertThat(this.journal.lines()).containsOnlyOnce("hung TIMED_OUT");
        assertThat(this.time.pending()).isZero();
    }

    /** A clock that lets a test step in between the moment a timer is asked for and the moment it is armed. */
    private static final class HookedTime implements TimeSource {

        private final TimeSource time;
        private final AtomicInteger armed = new AtomicInteger();
        private LongConsumer hook = delay -> {};

        HookedTime(TimeSource time) {
            this.time = time;
        }

        void onNextSchedule(LongConsumer next) {
            this.hook = next;
        }

        @Override
        public long nanoTime() {
            return this.time.nanoTime();
        }

        @Override
        public Timer schedule(long delayNanos, Runnable task) {
            LongConsumer next = this.hook;
            this.hook = delay -> {};
            next.accept(delayNanos);
            Timer timer = this.time.schedule(delayNanos, task);
            this.armed.incrementAndGet();
            return timer;
        }

        /** How many timers have been armed so far. */
        int armed() {
            return this.armed.get();
        }

        @Override
        public int pending() {
            return this.time.pending();
        }
    }
}
