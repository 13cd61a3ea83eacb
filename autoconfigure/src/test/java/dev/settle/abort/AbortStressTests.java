package dev.settle.abort;

import static dev.settle.abort.Outcomes.await;
import static dev.settle.abort.Outcomes.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.test.VirtualTime;
import dev.settle.time.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads that meet at one settlement. */
class AbortStressTests {

    private static final int ROUNDS = 10_000;

    /** As many as take about as long as it takes another thread to come. */
    private static final int FEW = 10;

    private final AbortReason reason = AbortReason.application("one");
    private final AbortReason other = AbortReason.shutdown("other");
    private final Race race = new Race();
    private final VirtualTime time = new VirtualTime();
    private final AtomicInteger runs = new AtomicInteger();

    @AfterEach
    void end() {
        this.race.close();
        assertThat(this.time.pending()).as("timers left").isZero();
    }

    private AsyncAbortController controller() {
        return controller(Runnable::run, new AbortListener() {});
    }

    private AsyncAbortController controller(Executor executor, AbortListener listener) {
        return AsyncAbortController.builder()
                .time(this.time)
                .executor(executor)
                .listener(listener)
                .build();
    }

    private AsyncCleanup counting() {
        return event -> {
            this.runs.incrementAndGet();
            return null;
        };
    }

    @Test
    void twoAbortsAreOneSettlement() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AsyncAbortController controller = controller();
            this.runs.set(0);
            controller.onAbort("first", counting());
            controller.nextGroup().onAbort("second", counting());

            List<CompletableFuture<AbortReport>> settlements = this.race.run(
                    List.of(() -> controller.abortAsync(this.reason), () -> controller.abortAsync(this.other)));

            AbortReport report = await(settlements.get(0));
            assertThat(await(settlements.get(1))).isEqualTo(report);
            assertThat(report.counts()).containsExactly(java.util.Map.entry(Outcome.COMPLETED, 2L));
            assertThat(this.runs).hasValue(2);
            AbortReason won = controller.signal().reason().orElseThrow();
            assertThat(won).isIn(this.reason, this.other);
            assertThat(controller.shutdownRequested().aborted()).isTrue();
        }
    }

    @Test
    void cleanupsRegisteredAgainstAnAbortRunExactlyOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AsyncAbortController controller = controller();
            this.runs.set(0);
            AtomicReference<CompletableFuture<AbortReport>> settlement = new AtomicReference<>();

            this.race.run(
                    () -> {
                        for (int i = 0; i < FEW; i++) {
                            controller.onAbort("cleanup", counting());
                        }
                    },
                    () -> settlement.set(controller.abortAsync(this.reason)));

            assertThat(await(settlement.get()).settled()).isTrue();
            assertThat(this.runs).hasValue(FEW);
            assertThat(controller.report().entries())
                    .hasSize(FEW)
                    .allMatch(entry -> entry.outcome() == Outcome.COMPLETED || entry.outcome() == Outcome.LATE);
        }
    }

    @Test
    void cleanupsRemovedAgainstAnAbortEitherRunOrWereRemoved() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AsyncAbortController controller = controller();
            this.runs.set(0);
            AtomicInteger removals = new AtomicInteger();
            List<Registration> registrations = new ArrayList<>();
            for (int i = 0; i < FEW; i++) {
                registrations.add(0, controller.onAbort("cleanup", counting()));
            }
            HandCleanup last = new HandCleanup();
            controller.onAbort("last", last);
            AtomicReference<CompletableFuture<AbortReport>> settlement = new AtomicReference<>();

            this.race.run(
                    () -> registrations.forEach(registration -> {
                        // Twice, as a try block inside a finally would.
                        removals.addAndGet(registration.remove() ? 1 : 0);
                        removals.addAndGet(registration.remove() ? 1 : 0);
                    }),
                    () -> settlement.set(controller.abortAsync(this.reason)));

            assertThat(this.runs.get() + removals.get()).isEqualTo(FEW);
            assertThat(settlement.get()).as("the last is pending").isNotDone();
            last.finish();
            assertThat(await(settlement.get()).pending()).isEmpty();
        }
    }

    @Test
    void endAgainstTheDeadlineHasOneOutcome() throws Exception {
        Duration limit = Duration.ofSeconds(1);
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger told = new AtomicInteger();
            AsyncAbortController controller = controller(Runnable::run, new AbortListener() {
                @Override
                public void entrySettled(AbortReport.Entry entry) {
                    told.incrementAndGet();
                }
            });
            CompletableFuture<String> stage = new CompletableFuture<>();
            controller.onAbort("cleanup", limit, event -> Stages.followingOnly(stage));
            CompletableFuture<AbortReport> settlement = controller.abortAsync(this.reason);

            this.race.run(() -> stage.complete("done"), () -> this.time.advance(limit));

            assertThat(outcome(await(settlement), "cleanup")).isIn(Outcome.COMPLETED, Outcome.TIMED_OUT);
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void shorterLimitIsNeverLost() throws Exception {
        Duration limit = Duration.ofSeconds(1);
        for (int round = 0; round < ROUNDS; round++) {
            AsyncAbortController controller = controller();
            controller.onAbort("hung", new HandCleanup());

            List<CompletableFuture<AbortReport>> settlements = this.race.run(
                    List.of(() -> controller.abortAsync(this.reason), () -> controller.abortAsync(this.other, limit)));
            this.time.advance(limit);

            assertThat(settlements).allMatch(CompletableFuture::isDone);
            assertThat(outcome(controller.report(), "hung")).isEqualTo(Outcome.TIMED_OUT);
        }
    }

    @Test
    void operationStartedAgainstAnAbortIsToldOrRefused() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AsyncAbortController controller = controller();
            AtomicReference<CompletableFuture<AbortReport>> settlement = new AtomicReference<>();
            AtomicReference<CompletableFuture<String>> caller = new AtomicReference<>();

            this.race.run(
                    () -> caller.set(controller.track("operation", signal -> {
                        CompletableFuture<String> stage = new CompletableFuture<>();
                        signal.onAbort(why -> stage.complete("told"));
                        return stage;
                    })),
                    () -> settlement.set(controller.abortAsync(this.reason)));

            assertThat(await(settlement.get()).settled()).isTrue();
            Object end = await(caller.get().handle((value, failure) -> failure != null ? failure.getClass() : value));
            assertThat(end).isIn("told", CallRejectedException.class);
            assertThat(controller.inFlight().size()).isZero();
        }
    }

    @Test
    void groupMadeAgainstAnAbortIsSettled() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AsyncAbortController controller = controller();
            this.runs.set(0);
            AbortGroup group = controller.phase(3);
            AtomicReference<CompletableFuture<AbortReport>> settlement = new AtomicReference<>();

            this.race.run(
                    () -> {
                        group.nextGroup().onAbort("next", counting());
                        controller.phase(9).onAbort("higher", counting());
                        controller.phase(-9).onAbort("lower", counting());
                    },
                    () -> settlement.set(controller.abortAsync(this.reason)));

            assertThat(await(settlement.get()).settled()).isTrue();
            assertThat(this.runs).hasValue(3);
            assertThat(controller.openPhases()).isEmpty();
        }
    }

    @Test
    void stepsAndWholeSettleTogether() throws Exception {
        for (int round = 0; round < ROUNDS / 2; round++) {
            AsyncAbortController controller = controller(Workers.shared(), new AbortListener() {});
            this.runs.set(0);
            for (int phase = 5; phase > 0; phase--) {
                controller.phase(phase).onAbort("cleanup " + phase, counting());
            }

            List<Callable<CompletableFuture<AbortReport>>> aborts = List.of(
                    () -> controller.settleDownTo(4, this.reason, Duration.ofSeconds(9)),
                    () -> controller.settleDownTo(2, this.reason, Duration.ofSeconds(9)),
                    () -> controller.phase(3).abortAsync(this.reason),
                    () -> controller.abortAsync(this.reason));
            List<CompletableFuture<AbortReport>> settlements = this.race.run(aborts);

            for (CompletableFuture<AbortReport> settlement : settlements) {
                assertThat(await(settlement).pending())
                        .allMatch(entry -> settlement != settlements.get(3), "pending at the end of all");
            }
            assertThat(this.runs).hasValue(5);
        }
    }

    @Test
    void drainWaitsForNestedWorkThatMeetsIt() throws Exception {
        assertWaitsForNestedWork(InFlight::close);
    }

    @Test
    void idlenessWaitsForNestedWorkThatMeetsIt() throws Exception {
        assertWaitsForNestedWork(InFlight::idle);
    }

    private void assertWaitsForNestedWork(Function<InFlight, CompletableFuture<Void>> wait) throws Exception {
        int many = 1_000;
        for (int batch = 0; batch < ROUNDS / many; batch++) {
            List<InFlight> all = new ArrayList<>();
            List<SilentWork> outer = new ArrayList<>();
            List<SilentWork> nested = new ArrayList<>();
            List<CompletableFuture<Void>> drained = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                all.add(new InFlight());
                outer.add(new SilentWork());
                nested.add(new SilentWork());
            }
            // Each new thread counts its work in another place: some are looked at before those of the race, some
            // after.
            Thread elsewhere = new Thread(() -> forEach(many, i -> all.get(i).enter(outer.get(i))));
            elsewhere.start();
            elsewhere.join();
            AtomicInteger steps = new AtomicInteger();

            this.race.run(
                    () -> forEach(many, i -> {
                        meet(steps, i, i % 31);
                        drained.add(wait.apply(all.get(i)));
                    }),
                    () -> forEach(many, i -> {
                        meet(steps, i, i % 17);
                        all.get(i).enterNested(nested.get(i));
                        all.get(i).exit(outer.get(i), false);
                    }));

            assertThat(drained).noneMatch(CompletableFuture::isDone);
            forEach(many, i -> all.get(i).exit(nested.get(i), false));
            assertThat(drained).hasSize(many).allMatch(CompletableFuture::isDone);
        }
    }

    /** Two actors go step by step, nearly at the same moment: what is to be met here takes less than a microsecond. */
    private static void meet(AtomicInteger steps, int step, int handicap) {
        steps.incrementAndGet();
        for (int spins = 0; steps.get() < 2 * (step + 1); spins++) {
            if (spins > 1_000) {
                Thread.yield();
            }
        }
        Race.spin(handicap);
    }

    private static void forEach(int many, IntConsumer action) {
        for (int i = 0; i < many; i++) {
            action.accept(i);
        }
    }

    @Test
    void workThatMeetsADrainIsRefusedOrWaitedFor() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            InFlight inFlight = new InFlight();
            SilentWork work = new SilentWork();
            AtomicReference<CompletableFuture<Void>> drained = new AtomicReference<>();
            AtomicReference<Boolean> entered = new AtomicReference<>();

            this.race.run(() -> entered.set(inFlight.enter(work)), () -> drained.set(inFlight.close()));

            assertThat(drained.get().isDone()).isEqualTo(!entered.get());
            inFlight.exit(work, false);
            assertThat(drained.get()).isCompleted();
        }
    }

    @Test
    void endOfTheWorkIsNeverMissedByADrain() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            InFlight inFlight = new InFlight();
            SilentWork work = new SilentWork();
            inFlight.enter(work);
            AtomicReference<CompletableFuture<Void>> drained = new AtomicReference<>();
            AtomicReference<CompletableFuture<Void>> idle = new AtomicReference<>();

            this.race.run(
                    () -> inFlight.exit(work, false),
                    () -> drained.set(inFlight.close()),
                    () -> idle.set(inFlight.idle()));

            assertThat(drained.get()).isCompleted();
            assertThat(idle.get()).isCompleted();
        }
    }

    @Test
    void drainThatMeetsAReopeningIsNotLeftWaiting() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            InFlight inFlight = new InFlight();
            SilentWork work = new SilentWork();
            inFlight.enter(work);
            CompletableFuture<Void> drained = inFlight.close();

            this.race.run(() -> inFlight.exit(work, false), inFlight::open);

            assertThat(drained).isDone();
            assertThat(inFlight.closed()).isFalse();
        }
    }

    private static final class SilentWork extends InFlight.Work {
        @Override
        public void abort(AbortReason why) {}
    }
}
