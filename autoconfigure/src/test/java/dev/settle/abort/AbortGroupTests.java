package dev.settle.abort;

import static dev.settle.abort.Outcomes.entry;
import static dev.settle.abort.Outcomes.outcome;
import static dev.settle.abort.Outcomes.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One group: what becomes of its cleanups, and who is told. */
class AbortGroupTests {

    private final AbortReason reason = AbortReason.application("enough");
    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal();
    private final AsyncAbortController controller = AsyncAbortController.builder()
            .time(this.time)
            .executor(Runnable::run)
            .listener(this.journal)
            .build();
    private final AbortGroup group = this.controller.phase(7);

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void settlesWhenAllHaveSettledWhateverBecameOfThem() {
        HandCleanup slow = new HandCleanup();
        this.group.onAbort("fails", event -> CompletableFuture.failedFuture(new IOException("broken")));
        this.group.onAbort("throws", event -> {
            throw new IllegalStateException("at once");
        });
        this.group.onAbort("slow", slow);

        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);
        this.time.advance(Duration.ofMillis(299));
        assertThat(settlement).isNotDone();
        this.time.advance(Duration.ofMillis(1));
        slow.finish();

        AbortReport report = settled(settlement);
        assertThat(report.settled()).isTrue();
        assertThat(report.elapsed()).isEqualTo(Duration.ofMillis(300));
        assertThat(outcome(report, "fails")).isEqualTo(Outcome.FAILED);
        assertThat(outcome(report, "throws")).isEqualTo(Outcome.FAILED);
        assertThat(outcome(report, "slow")).isEqualTo(Outcome.COMPLETED);
        assertThat(report.failures()).hasSize(2);
    }

    @Test
    void failuresAreReportedAsTheyAre() {
        IOException failure = new IOException("broken");
        this.group.onAbort("fails", event -> CompletableFuture.failedFuture(failure));
        this.group.onAbort(
                "fails behind a stage",
                event -> CompletableFuture.failedFuture(failure).thenApply(nothing -> nothing));

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(entry(report, "fails").failure()).isSameAs(failure);
        assertThat(entry(report, "fails behind a stage").failure()).isSameAs(failure);
    }

    @Test
    void nullInsteadOfAStageIsCompleted() {
        this.group.onAbort("null", event -> null);

        assertThat(outcome(settled(this.group.abortAsync(this.reason)), "null")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void errorIsAFailureLikeAnyOther() {
        AssertionError error = new AssertionError("expected by the test");
        this.group.onAbort("error", event -> {
            throw error;
        });

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(outcome(report, "error")).isEqualTo(Outcome.FAILED);
        assertThat(entry(report, "error").failure()).isSameAs(error);
    }

    @Test
    void valueOfACleanupIsShownAsItsDetail() {
        this.group.onAbort("flush", event -> CompletableFuture.completedFuture(12));
        this.group.onAbort("silent", event -> CompletableFuture.completedFuture(null));

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(entry(report, "flush").detail()).isEqualTo("12");
        assertThat(entry(report, "silent").detail()).isNull();
    }

    @Test
    void detailThatCannotBePutIntoWordsIsNamedByItsType() {
        this.group.onAbort("cleanup", event -> CompletableFuture.completedFuture(new Speechless()));

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(outcome(report, "cleanup")).isEqualTo(Outcome.COMPLETED);
        assertThat(entry(report, "cleanup").detail()).isEqualTo(Speechless.class.getName());
    }

    @Test
    void cleanupsStartInTheOrderOfTheirRegistrationAndAllAtOnce() {
        List<HandCleanup> cleanups = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            HandCleanup cleanup = new HandCleanup();
            cleanups.add(cleanup);
            this.group.onAbort("cleanup " + i, event -> {
                this.journal.note("start " + number);
                return cleanup.cleanUp(event);
            });
        }

        this.group.abortAsync(this.reason);

        assertThat(this.journal.lines()).containsSubsequence("start 0", "start 1", "start 2");
        assertThat(cleanups).allMatch(HandCleanup::started);
        cleanups.forEach(HandCleanup::finish);
    }

    @Test
    void cleanupsDoNotRunOnTheAbortingThread() {
        HandExecutor executor = new HandExecutor();
        AsyncAbortController byHand = AsyncAbortController.builder()
                .time(this.time)
                .executor(executor)
                .build();
        HandCleanup cleanup = new HandCleanup();
        byHand.onAbort("cleanup", cleanup);

        byHand.abortAsync(this.reason);
        assertThat(cleanup.started()).isFalse();

        executor.runAll();
        assertThat(cleanup.started()).isTrue();
        cleanup.finish();
        executor.runAll();
    }

    @Test
    void signalListenersHaveAllRunBeforeTheFirstCleanupStarts() {
        this.group.onAbort("cleanup", this.journal.noting("cleanup"));
        this.group.signal().onAbort(why -> this.journal.note("listener 1"));
        AbortSource.child(this.group.signal()).onAbort(why -> this.journal.note("listener of a child"));
        this.group.signal().onAbort(why -> this.journal.note("listener 2"));

        settled(this.group.abortAsync(this.reason));

        assertThat(this.journal.lines())
                .containsSubsequence("listener 1", "listener 2", "listener of a child", "cleanup");
    }

    @Test
    void cleanupRegisteredByASignalListenerStartsAfterTheOtherListeners() {
        this.group.signal().onAbort(why -> this.group.onAbort("inner", this.journal.noting("cleanup")));
        this.group.signal().onAbort(why -> this.journal.note("listener 2"));

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(this.journal.lines()).containsSubsequence("listener 2", "cleanup");
        assertThat(outcome(report, "inner")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void cleanupRegisteredBeforeTheSignalIsToldKnowsTheReason() {
        CompletableFuture<AbortReason> told = new CompletableFuture<>();
        AsyncAbortController registering = AsyncAbortController.builder()
                .time(this.time)
                .executor(Runnable::run)
                .listener(new AbortListener() {
                    @Override
                    public void groupAborting(AbortGroup aborting, AbortReason why) {
                        aborting.onAbort("inner", event -> {
                            told.complete(event.reason());
                            return null;
                        });
                    }
                })
                .build();

        AbortReport report = settled(registering.abortAsync(this.reason));

        assertThat(told).isCompletedWithValue(this.reason);
        assertThat(outcome(report, "inner")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void signalAbortsWithTheVeryReason() {
        this.group.abortAsync(this.reason);

        assertThat(this.group.signal().reason()).containsSame(this.reason);
    }

    @Test
    void abortWithoutAReasonIsTheApplications() {
        this.group.abortAsync();

        assertThat(this.group.signal().reason().orElseThrow().kind()).isEqualTo(Kind.APPLICATION);
    }

    @Test
    void cleanupIsToldTheVeryReason() {
        HandCleanup cleanup = new HandCleanup();
        this.group.onAbort("cleanup", cleanup);

        this.group.abortAsync(this.reason);

        assertThat(cleanup.event().reason()).isSameAs(this.reason);
        cleanup.finish();
    }

    @Test
    void currentSignalInsideACleanupIsTheHardOne() {
        List<AbortSignal> seen = new ArrayList<>();
        this.group.onAbort("cleanup", event -> {
            seen.add(AbortSignal.current());
            seen.add(event.hard());
            return null;
        });

        settled(this.group.abortAsync(this.reason));

        assertThat(seen.get(0)).isSameAs(seen.get(1));
    }

    @Test
    void throwIfAbortedInsideACleanupDoesNotThrow() {
        this.group.onAbort("cleanup", event -> {
            AbortSignal.current().throwIfAborted();
            return null;
        });

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(outcome(report, "cleanup")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void currentSignalIsRestoredAfterACleanup() {
        AbortSource own = new AbortSource();
        this.group.onAbort("cleanup", event -> null);
        AbortSignal before = CurrentSignal.swap(own);
        try {
            this.group.abortAsync(this.reason);

            assertThat(AbortSignal.current()).isSameAs(own);
        } finally {
            CurrentSignal.swap(before);
        }
    }

    @Test
    void secondAbortJoinsTheSameSettlement() {
        HandCleanup cleanup = new HandCleanup();
        this.group.onAbort("cleanup", cleanup);
        CompletableFuture<AbortReport> first = this.group.abortAsync(this.reason);

        CompletableFuture<AbortReport> second = this.group.abortAsync(AbortReason.shutdown("later"));
        assertThat(second).isNotDone();
        cleanup.finish();

        assertThat(settled(second)).isEqualTo(settled(first));
        assertThat(this.group.signal().reason()).containsSame(this.reason);
        assertThat(cleanup.starts()).isEqualTo(1);
    }

    @Test
    void abortAfterTheEndGivesTheSameReport() {
        this.group.onAbort("cleanup", event -> null);
        AbortReport first = settled(this.group.abortAsync(this.reason));
        this.time.advance(Duration.ofSeconds(5));

        assertThat(settled(this.group.abortAsync(AbortReason.shutdown("later"))))
                .isEqualTo(first);
    }

    @Test
    void eachCallerHasAFutureOfItsOwn() {
        HandCleanup cleanup = new HandCleanup();
        this.group.onAbort("cleanup", cleanup);
        CompletableFuture<AbortReport> cancelled = this.group.abortAsync(this.reason);
        CompletableFuture<AbortReport> other = this.group.abortAsync(this.reason);

        cancelled.cancel(true);

        assertThat(other).isNotDone();
        assertThat(cleanup.event().hard().aborted()).isFalse();
        cleanup.finish();
        assertThat(outcome(settled(other), "cleanup")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void abortFromACleanupOfTheSameGroupIsTheSameSettlement() {
        List<CompletableFuture<AbortReport>> inner = new ArrayList<>();
        AtomicInteger runs = new AtomicInteger();
        this.group.onAbort("re-entrant", event -> {
            runs.incrementAndGet();
            inner.add(this.group.abortAsync(AbortReason.shutdown("again")));
            return null;
        });

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(runs).hasValue(1);
        assertThat(inner).hasSize(1);
        assertThat(settled(inner.get(0))).isEqualTo(report);
        assertThat(this.group.signal().reason()).containsSame(this.reason);
    }

    @Test
    void abortFromAListenerOfTheSignalIsTheSameSettlement() {
        List<CompletableFuture<AbortReport>> inner = new ArrayList<>();
        this.group.signal().onAbort(why -> inner.add(this.group.abortAsync(AbortReason.shutdown("again"))));
        this.group.onAbort("cleanup", this.journal.noting("cleanup"));

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(settled(inner.get(0))).isEqualTo(report);
        assertThat(this.journal.lines()).containsOnlyOnce("cleanup");
    }

    @Test
    void cleanupRegisteredByACleanupRunsAndIsWaitedFor() {
        HandCleanup inner = new HandCleanup();
        this.group.onAbort("outer", event -> {
            this.group.onAbort("inner", inner);
            return null;
        });

        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        assertThat(inner.started()).isTrue();
        assertThat(settlement).isNotDone();
        inner.finish();
        assertThat(outcome(settled(settlement), "inner")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void cleanupRegisteredAfterTheSettlementRunsAtOnceAndIsLate() {
        settled(this.group.abortAsync(this.reason));
        HandCleanup late = new HandCleanup();

        this.group.onAbort("late", late);

        assertThat(late.starts()).isEqualTo(1);
        assertThat(late.event().reason()).isSameAs(this.reason);
        assertThat(outcome(this.group.report(), "late")).isEqualTo(Outcome.PENDING);
        late.finish();
        assertThat(outcome(this.group.report(), "late")).isEqualTo(Outcome.LATE);
        assertThat(this.journal.lines()).endsWith("late LATE");
    }

    @Test
    void failureOfALateCleanupIsAFailureAllTheSame() {
        settled(this.group.abortAsync(this.reason));

        this.group.onAbort("late", event -> CompletableFuture.failedFuture(new IOException("broken")));

        assertThat(outcome(this.group.report(), "late")).isEqualTo(Outcome.LATE);
        assertThat(this.group.report().failures()).hasSize(1);
    }

    @Test
    void lateCleanupHasALimitToo() {
        settled(this.group.abortAsync(this.reason));
        HandCleanup late = new HandCleanup();
        this.group.onAbort("late", late);

        assertThat(late.event().remaining()).isEqualTo(Duration.ofSeconds(30));
        this.time.advance(Duration.ofSeconds(30));

        assertThat(late.event().hard().aborted()).isTrue();
        assertThat(entry(this.group.report(), "late").failure()).hasMessageContaining("the limit for late cleanups");
    }

    @Test
    void removedCleanupDoesNotRunAndLeavesNoTrace() {
        Registration registration = this.group.onAbort("removed", this.journal.noting("never"));

        assertThat(registration.remove()).isTrue();

        assertThat(settled(this.group.abortAsync(this.reason)).entries()).isEmpty();
        assertThat(this.journal.lines()).doesNotContain("never");
    }

    @Test
    void removalIsTrueOnlyOnce() {
        Registration registration = this.group.onAbort("removed", event -> null);

        assertThat(registration.remove()).isTrue();
        assertThat(registration.remove()).isFalse();
    }

    @Test
    void removalThatIsRepeatedDuringTheAbortDoesNotEndItEarly() {
        Registration removed = this.group.onAbort("removed", event -> null);
        HandCleanup cleanup = new HandCleanup();
        this.group.onAbort("cleanup", cleanup);
        removed.remove();
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        assertThat(removed.remove()).isFalse();

        assertThat(settlement).isNotDone();
        cleanup.finish();
        assertThat(settled(settlement).entries()).hasSize(1);
    }

    @Test
    void removalOfAStartedCleanupIsFalseAndDoesNotWait() {
        HandCleanup cleanup = new HandCleanup();
        Registration registration = this.group.onAbort("cleanup", cleanup);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        assertThat(registration.remove()).isFalse();

        cleanup.finish();
        assertThat(registration.remove()).isFalse();
        assertThat(outcome(settled(settlement), "cleanup")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void cleanupThatIsNotStartedYetMayBeRemovedDuringTheAbort() {
        List<Registration> behind = new ArrayList<>();
        List<Boolean> removed = new ArrayList<>();
        this.group.onAbort("first", event -> {
            removed.add(behind.get(0).remove());
            return null;
        });
        behind.add(this.group.onAbort("behind", this.journal.noting("never")));

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(removed).containsExactly(true);
        assertThat(outcome(report, "behind")).isEqualTo(Outcome.REMOVED);
        assertThat(this.journal.lines()).doesNotContain("never").contains("behind REMOVED");
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void cleanupRemovedByASignalListenerDoesNotRun() {
        Registration registration = this.group.onAbort("removed", this.journal.noting("never"));
        List<Boolean> removed = new ArrayList<>();
        this.group.signal().onAbort(why -> removed.add(registration.remove()));

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(removed).containsExactly(true);
        assertThat(outcome(report, "removed")).isEqualTo(Outcome.REMOVED);
        assertThat(this.journal.lines()).doesNotContain("never");
    }

    @Test
    void resourceIsClosedOnAbort() {
        this.group.closeOnAbort("resource", () -> this.journal.note("closed"));
        assertThat(this.journal.lines()).isEmpty();

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(this.journal.lines()).containsOnlyOnce("closed");
        assertThat(outcome(report, "resource")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void resourceThatCannotBeClosedIsAFailure() {
        IOException failure = new IOException("broken");
        this.group.closeOnAbort("resource", () -> {
            throw failure;
        });

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(entry(report, "resource").failure()).isSameAs(failure);
    }

    @Test
    void stageThatIsNoCompletableFutureIsFollowed() {
        CompletableFuture<String> future = new CompletableFuture<>();
        this.group.onAbort("stage", event -> Stages.followingOnly(future));

        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);
        assertThat(settlement).isNotDone();
        future.complete("done by hand");

        assertThat(entry(settled(settlement), "stage").detail()).isEqualTo("done by hand");
    }

    @Test
    void stageThatCannotBeFollowedIsAFailure() {
        IllegalStateException failure = new IllegalStateException("expected by the test");
        this.group.onAbort("stage", event -> Stages.throwing(failure));

        assertThat(entry(settled(this.group.abortAsync(this.reason)), "stage").failure())
                .isSameAs(failure);
    }

    @Test
    void reportDuringTheAbortListsWhatIsPendingAndForHowLong() {
        HandCleanup slow = new HandCleanup();
        HandCleanup quick = new HandCleanup();
        this.group.onAbort("slow", slow);
        this.group.onAbort("quick", quick);
        this.group.abortAsync(this.reason);
        this.time.advance(Duration.ofSeconds(2));
        quick.finish();
        this.time.advance(Duration.ofSeconds(1));

        AbortReport during = this.group.report();
        assertThat(during.settled()).isFalse();
        assertThat(during.elapsed()).isEqualTo(Duration.ofSeconds(3));
        assertThat(during.pending()).extracting(AbortReport.Entry::name).containsExactly("slow");
        assertThat(entry(during, "slow").elapsed()).isEqualTo(Duration.ofSeconds(3));
        assertThat(entry(during, "quick").elapsed()).isEqualTo(Duration.ofSeconds(2));

        slow.finish();
        AbortReport after = this.group.report();
        assertThat(after.settled()).isTrue();
        assertThat(after.pending()).isEmpty();
    }

    @Test
    void reportBeforeTheAbortListsWhatIsRegistered() {
        this.group.onAbort("cleanup", event -> null);
        this.time.advance(Duration.ofSeconds(1));

        AbortReport report = this.group.report();

        assertThat(report.settled()).isFalse();
        assertThat(report.elapsed()).isZero();
        assertThat(report.entries())
                .containsExactly(new AbortReport.Entry(
                        "cleanup", "phase 7", Outcome.PENDING, Duration.ZERO, null, null, List.of()));
    }

    @Test
    void groupThatTheControllerHasSettledReportsSo() {
        this.group.onAbort("cleanup", event -> null);
        AbortGroup next = this.group.nextGroup("next");
        next.onAbort("in the next", event -> null);

        settled(this.controller.abortAsync(this.reason));

        assertThat(this.group.report().settled()).isTrue();
        assertThat(this.group.report().entries())
                .extracting(AbortReport.Entry::name)
                .containsExactly("cleanup", "in the next");
        assertThat(next.report().entries()).extracting(AbortReport.Entry::name).containsExactly("in the next");
    }

    @Test
    void groupThatTheControllerSettlesReportsWhatIsPending() {
        HandCleanup cleanup = new HandCleanup();
        this.group.onAbort("cleanup", cleanup);
        this.controller.abortAsync(this.reason);
        this.time.advance(Duration.ofSeconds(2));

        AbortReport report = this.group.report();

        assertThat(report.settled()).isFalse();
        assertThat(report.elapsed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(report.pending()).hasSize(1);
        cleanup.finish();
        assertThat(this.group.report().settled()).isTrue();
    }

    @Test
    void abortOfAGroupThatTheControllerHasSettledReportsWhatBecameOfIt() {
        this.group.onAbort("cleanup", event -> null);
        settled(this.controller.abortAsync(this.reason));

        AbortReport report = settled(this.group.abortAsync());

        assertThat(outcome(report, "cleanup")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void groupWithoutCleanupsSettlesAtOnce() {
        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(report.settled()).isTrue();
        assertThat(report.entries()).isEmpty();
    }

    @Test
    void throwingSignalListenerIsReportedAndStopsNothing() {
        IllegalStateException failure = new IllegalStateException("expected");
        this.group.signal().onAbort(why -> {
            throw failure;
        });
        this.group.onAbort("cleanup", event -> null);

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(outcome(report, "cleanup")).isEqualTo(Outcome.COMPLETED);
        assertThat(entry(report, "signal listener").failure()).isSameAs(failure);
        assertThat(this.journal.lines()).contains("failed: the signal of group 'phase 7': expected");
    }

    @Test
    void settlementWaitsForTheCleanupsThoughASignalListenerThrows() {
        HandCleanup cleanup = new HandCleanup();
        this.group.signal().onAbort(why -> {
            throw new IllegalStateException("expected by the test");
        });
        this.group.onAbort("cleanup", cleanup);

        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        assertThat(settlement).isNotDone();
        cleanup.finish();
        assertThat(settlement).isCompleted();
    }

    @Test
    void throwingSignalListenerOfALateGroupIsLate() {
        this.group.onAbort("maker", event -> {
            this.controller.phase(9).signal().onAbort(why -> {
                throw new IllegalStateException("expected by the test");
            });
            return null;
        });

        AbortReport report = settled(this.controller.abortAsync(this.reason));

        assertThat(outcome(report, "signal listener")).isEqualTo(Outcome.LATE);
        assertThat(this.journal.lines()).contains("signal listener LATE");
    }

    @Test
    void everyRegistrationCanBeTakenBack() {
        List<Registration> registrations = List.of(
                this.group.onAbort("plain", this.journal.noting("never")),
                this.group.onAbort("limited", Duration.ofSeconds(1), this.journal.noting("never")),
                this.group.closeOnAbort("resource", () -> this.journal.note("never")));

        assertThat(registrations).allMatch(Registration::remove);

        assertThat(settled(this.group.abortAsync(this.reason)).entries()).isEmpty();
        assertThat(this.journal.lines()).doesNotContain("never");
    }

    @Test
    void cleanupRegisteredWhileTheSignalIsToldCanBeTakenBack() {
        List<Boolean> removed = new ArrayList<>();
        this.group
                .signal()
                .onAbort(why -> removed.add(this.group
                        .onAbort("inner", this.journal.noting("never"))
                        .remove()));

        AbortReport report = settled(this.group.abortAsync(this.reason));

        assertThat(removed).containsExactly(true);
        assertThat(outcome(report, "inner")).isEqualTo(Outcome.REMOVED);
        assertThat(this.journal.lines()).doesNotContain("never");
    }

    @Test
    void cleanupRegisteredDuringTheAbortHasStarted() {
        HandCleanup first = new HandCleanup();
        this.group.onAbort("first", first);
        CompletableFuture<AbortReport> settlement = this.group.abortAsync(this.reason);

        Registration inner = this.group.onAbort("inner", event -> null);

        assertThat(inner.remove()).isFalse();
        first.finish();
        assertThat(settled(settlement).entries()).hasSize(2);
    }

    @Test
    void groupThatHasNothingToWaitForSettlesOnTheAbortingThread() {
        HandExecutor executor = new HandExecutor();
        AsyncAbortController byHand = AsyncAbortController.builder()
                .time(this.time)
                .executor(executor)
                .build();
        byHand.nextGroup();

        assertThat(byHand.abortAsync(this.reason)).isCompleted();
        assertThat(executor.size()).isZero();
    }

    @Test
    void whatFollowsTheSettlementDoesNotRunOnTheThreadThatEndsTheLastCleanup() {
        HandExecutor executor = new HandExecutor();
        AsyncAbortController byHand = AsyncAbortController.builder()
                .time(this.time)
                .executor(executor)
                .build();
        HandCleanup cleanup = new HandCleanup();
        byHand.onAbort("cleanup", cleanup);
        CompletableFuture<AbortReport> settlement = byHand.abortAsync(this.reason);
        executor.runAll();

        cleanup.finish();

        assertThat(settlement).isNotDone();
        executor.runAll();
        assertThat(settlement).isCompleted();
    }

    @Test
    void ownAbortOfAGroupIsTheOneItsReportTellsOf() {
        HandCleanup cleanup = new HandCleanup();
        this.group.onAbort("cleanup", cleanup);
        this.group.abortAsync(this.reason);
        this.time.advance(Duration.ofSeconds(2));
        cleanup.finish();
        this.time.advance(Duration.ofMinutes(5));

        settled(this.controller.abortAsync(this.reason));

        assertThat(this.group.report().elapsed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(this.controller.report().elapsed()).isZero();
    }

    @Test
    void limitOfACleanupMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.group.onAbort("cleanup", Duration.ZERO, event -> null))
                .withMessageContaining("'cleanup'")
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> this.group.onAbort("cleanup", Duration.ofSeconds(-1), event -> null));
    }

    @Test
    void groupKnowsItsPlaceAndName() {
        assertThat(this.group.phase()).isEqualTo(7);
        assertThat(this.group.priority()).isZero();
        assertThat(this.group.name()).isEqualTo("phase 7");
        assertThat(this.group).hasToString("AbortGroup[phase 7, phase 7, priority 0]");
    }

    /** Breaks when it is to say what it is. */
    private static final class Speechless {
        @Override
        public String toString() {
            throw new IllegalStateException("expected by the test");
        }
    }
}
