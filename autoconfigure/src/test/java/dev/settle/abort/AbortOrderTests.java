package dev.settle.abort;

import static dev.settle.abort.Outcomes.outcome;
import static dev.settle.abort.Outcomes.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReport.Outcome;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which group settles when. */
class AbortOrderTests {

    private final AbortReason reason = AbortReason.application("enough");
    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal();
    private final AsyncAbortController controller = AsyncAbortController.builder()
            .time(this.time)
            .executor(Runnable::run)
            .listener(this.journal)
            .build();

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void laterGroupStartsOnlyWhenEveryCleanupOfTheEarlierHasSettled() {
        HandCleanup slow = new HandCleanup();
        HandCleanup later = new HandCleanup();
        this.controller.onAbort("fails", event -> CompletableFuture.failedFuture(new IllegalStateException("fast")));
        this.controller.onAbort("slow", slow);
        this.controller.nextGroup().onAbort("later", later);

        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);
        assertThat(later.started()).isFalse();
        slow.finish();
        assertThat(later.started()).isTrue();
        assertThat(settlement).isNotDone();
        later.finish();

        assertThat(settled(settlement).entries())
                .extracting(AbortReport.Entry::name)
                .containsExactly("fails", "slow", "later");
    }

    @Test
    void laterGroupStartsWhenTheEarlierHasRunOutOfTime() {
        HandCleanup hung = new HandCleanup();
        HandCleanup later = new HandCleanup();
        this.controller.onAbort("hung", Duration.ofMillis(200), hung);
        this.controller.nextGroup().onAbort("later", later);
        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);

        this.time.advance(Duration.ofMillis(199));
        assertThat(later.started()).isFalse();
        this.time.advance(Duration.ofMillis(1));
        assertThat(later.started()).isTrue();
        later.finish();

        assertThat(outcome(settled(settlement), "hung")).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void groupsOfEqualRankSettleTogether() {
        HandCleanup one = new HandCleanup();
        HandCleanup other = new HandCleanup();
        HandCleanup later = new HandCleanup();
        AbortGroup sibling = this.controller.nextGroup("sibling");
        this.controller.nextGroup("other sibling").onAbort("other", other);
        sibling.onAbort("one", one);
        sibling.nextGroup().onAbort("later", later);

        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);

        assertThat(one.started()).isTrue();
        assertThat(other.started()).isTrue();
        one.finish();
        assertThat(later.started()).as("before all siblings have settled").isFalse();
        other.finish();
        assertThat(later.started()).isTrue();
        later.finish();
        assertThat(settled(settlement).settled()).isTrue();
    }

    @Test
    void theControllerIsTheGroupOfPhaseZero() {
        HandCleanup root = new HandCleanup();
        HandCleanup phaseZero = new HandCleanup();
        this.controller.onAbort("root", root);
        this.controller.phase(0).onAbort("phase 0", phaseZero);

        this.controller.abortAsync(this.reason);

        assertThat(this.controller.phase()).isZero();
        assertThat(root.started()).isTrue();
        assertThat(phaseZero.started()).isTrue();
        root.finish();
        phaseZero.finish();
    }

    @Test
    void nextGroupsHaveThePriorityAfterTheirs() {
        AbortGroup second = this.controller.phase(5).nextGroup();
        AbortGroup third = second.nextGroup("third");

        assertThat(this.controller.phase(5).priority()).isZero();
        assertThat(second.priority()).isEqualTo(1);
        assertThat(third.priority()).isEqualTo(2);
        assertThat(third.phase()).isEqualTo(5);
        assertThat(third.name()).isEqualTo("third");
    }

    @Test
    void phaseIsTheSameGroupEachTime() {
        assertThat(this.controller.phase(5)).isSameAs(this.controller.phase(5));
        assertThat(this.controller.phase(5)).isNotSameAs(this.controller.phase(6));
    }

    @Test
    void higherPhasesSettleFirstAndPrioritiesInsideThem() {
        this.controller.phase(-5).onAbort("", this.journal.noting("-5"));
        this.controller.phase(Integer.MIN_VALUE).onAbort("", this.journal.noting("min"));
        this.controller.phase(Integer.MAX_VALUE).onAbort("", this.journal.noting("max"));
        this.controller.nextGroup().onAbort("", this.journal.noting("0+1"));
        this.controller.onAbort("", this.journal.noting("0"));
        this.controller.phase(100).nextGroup().onAbort("", this.journal.noting("100+1"));
        this.controller.phase(100).onAbort("", this.journal.noting("100"));

        settled(this.controller.abortAsync(this.reason));

        assertThat(this.journal.lines())
                .filteredOn(line -> line.matches("-?\\d.*|min|max"))
                .containsExactly("max", "100", "100+1", "0", "0+1", "-5", "min");
    }

    @Test
    void groupWithoutCleanupsDoesNotKeepItsNextGroupsFromRunning() {
        this.controller.nextGroup().nextGroup().onAbort("far", this.journal.noting("ran"));

        AbortReport report = settled(this.controller.abortAsync(this.reason));

        assertThat(outcome(report, "far")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void signalOfALaterGroupStaysOpenUntilItsTurn() {
        HandCleanup first = new HandCleanup();
        AbortGroup later = this.controller.nextGroup();
        AbortGroup lowerPhase = this.controller.phase(-1);
        this.controller.onAbort("first", first);

        this.controller.abortAsync(this.reason);

        assertThat(this.controller.signal().aborted()).isTrue();
        assertThat(later.signal().aborted()).isFalse();
        assertThat(lowerPhase.signal().aborted()).isFalse();
        first.finish();
        assertThat(later.signal().reason()).containsSame(this.reason);
        assertThat(lowerPhase.signal().reason()).containsSame(this.reason);
    }

    @Test
    void shutdownIsRequestedBeforeAnyGroupAborts() {
        List<Boolean> open = new ArrayList<>();
        AbortGroup first = this.controller.phase(Integer.MAX_VALUE);
        this.controller
                .shutdownRequested()
                .onAbort(why -> open.add(first.signal().aborted()));

        this.controller.abortAsync(this.reason);

        assertThat(open).containsExactly(false);
        assertThat(this.controller.shutdownRequested().reason()).containsSame(this.reason);
    }

    @Test
    void requestOfShutdownAbortsNoGroup() {
        assertThat(this.controller.requestShutdown(this.reason)).isTrue();
        assertThat(this.controller.requestShutdown(this.reason)).isFalse();

        assertThat(this.controller.shutdownRequested().aborted()).isTrue();
        assertThat(this.controller.signal().aborted()).isFalse();
    }

    @Test
    void abortOfAGroupIsNoShutdown() {
        this.controller.phase(5).abortAsync(this.reason);

        assertThat(this.controller.shutdownRequested().aborted()).isFalse();
    }

    @Test
    void groupOfALowerRankMadeDuringTheAbortRunsInItsTurn() {
        this.controller.phase(10).onAbort("maker", event -> {
            this.controller.phase(3).onAbort("made", this.journal.noting("made"));
            return null;
        });
        this.controller.phase(5).onAbort("before", this.journal.noting("before"));
        this.controller.phase(1).onAbort("after", this.journal.noting("after"));

        AbortReport report = settled(this.controller.abortAsync(this.reason));

        assertThat(this.journal.lines()).containsSubsequence("before", "made", "after");
        assertThat(outcome(report, "made")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void groupOfAHigherRankMadeDuringTheAbortRunsNextAndIsLate() {
        HandCleanup made = new HandCleanup();
        this.controller.phase(5).onAbort("maker", event -> {
            this.controller.phase(10).onAbort("made", made);
            return null;
        });
        this.controller.phase(1).onAbort("after", this.journal.noting("after"));

        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);

        assertThat(made.started()).isTrue();
        assertThat(this.journal.lines()).doesNotContain("after");
        made.finish();
        AbortReport report = settled(settlement);
        assertThat(outcome(report, "made")).isEqualTo(Outcome.LATE);
        assertThat(outcome(report, "after")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void cleanupThatJoinsALateGroupIsLateToo() {
        HandCleanup made = new HandCleanup();
        this.controller.phase(5).onAbort("maker", event -> {
            AbortGroup late = this.controller.phase(10);
            late.onAbort("made", made);
            return null;
        });
        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);

        this.controller.phase(10).onAbort("joined", event -> null);
        made.finish();

        assertThat(outcome(settled(settlement), "joined")).isEqualTo(Outcome.LATE);
    }

    @Test
    void groupOfTheRankThatIsSettlingRunsNextAndIsNotLate() {
        HandCleanup first = new HandCleanup();
        HandCleanup made = new HandCleanup();
        AbortGroup next = this.controller.phase(5).nextGroup();
        next.onAbort("first", first);
        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);

        this.controller.phase(5).nextGroup().onAbort("made", made);
        first.finish();

        // The group it was made from has settled, but its rank has not passed.
        assertThat(made.started()).isTrue();
        made.finish();
        assertThat(outcome(settled(settlement), "made")).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void groupMadeAfterTheEndIsSettledAtOnce() {
        settled(this.controller.abortAsync(this.reason));

        AbortGroup made = this.controller.phase(5);
        made.onAbort("late", event -> null);

        assertThat(made.signal().reason()).containsSame(this.reason);
        assertThat(outcome(made.report(), "late")).isEqualTo(Outcome.LATE);
        assertThat(outcome(this.controller.report(), "late")).isEqualTo(Outcome.LATE);
    }

    @Test
    void groupMadeFromASettledOneIsSettledAtOnce() {
        AbortGroup group = this.controller.phase(5);
        settled(group.abortAsync(this.reason));

        AbortGroup made = group.nextGroup();

        assertThat(made.signal().reason()).containsSame(this.reason);
        assertThat(this.controller.phase(6).signal().aborted()).isFalse();
    }

    @Test
    void abortOfAGroupSettlesThoseMadeFromItAndLeavesOthersAlone() {
        AbortGroup group = this.controller.phase(5);
        AbortGroup next = group.nextGroup();
        AbortGroup sibling = this.controller.phase(4);
        sibling.onAbort("sibling", this.journal.noting("never"));
        next.onAbort("next", this.journal.noting("next"));

        AbortReport report = settled(group.abortAsync(this.reason));

        assertThat(report.entries()).extracting(AbortReport.Entry::name).containsExactly("next");
        assertThat(sibling.signal().aborted()).isFalse();
        assertThat(this.controller.signal().aborted()).isFalse();
        assertThat(this.journal.lines()).doesNotContain("never");
    }

    @Test
    void abortOfANextGroupLeavesTheOneItWasMadeFromAlone() {
        AbortGroup group = this.controller.phase(5);
        AbortGroup next = group.nextGroup();

        settled(next.abortAsync(this.reason));

        assertThat(group.signal().aborted()).isFalse();
        assertThat(next.signal().aborted()).isTrue();
    }

    @Test
    void abortOfAllWaitsForAGroupWhoseOwnAbortIsGoingOn() {
        HandCleanup inGroup = new HandCleanup();
        AbortGroup group = this.controller.phase(5);
        group.onAbort("in group", inGroup);
        this.controller.phase(1).onAbort("after", this.journal.noting("after"));
        CompletableFuture<AbortReport> ofGroup = group.abortAsync(this.reason);

        CompletableFuture<AbortReport> ofAll = this.controller.abortAsync(AbortReason.shutdown("closing"));

        assertThat(this.journal.lines()).doesNotContain("after");
        assertThat(ofAll).isNotDone();
        inGroup.finish();
        assertThat(settled(ofGroup).settled()).isTrue();
        assertThat(outcome(settled(ofAll), "in group")).isEqualTo(Outcome.COMPLETED);
        assertThat(inGroup.starts()).isEqualTo(1);
        assertThat(group.signal().reason()).containsSame(this.reason);
    }

    @Test
    void groupMayBeAbortedAheadOfItsTurn() {
        HandCleanup first = new HandCleanup();
        HandCleanup ahead = new HandCleanup();
        AbortGroup low = this.controller.phase(-5);
        this.controller.onAbort("first", first);
        low.onAbort("ahead", ahead);
        CompletableFuture<AbortReport> ofAll = this.controller.abortAsync(this.reason);
        assertThat(ahead.started()).isFalse();

        CompletableFuture<AbortReport> ofLow = low.abortAsync(this.reason);

        assertThat(ahead.started()).isTrue();
        ahead.finish();
        assertThat(settled(ofLow).settled()).isTrue();
        first.finish();
        assertThat(settled(ofAll).settled()).isTrue();
        assertThat(ahead.starts()).isEqualTo(1);
    }

    @Test
    void groupThatWasAbortedByHandDoesNotRunAgainAtShutdown() {
        HandCleanup cleanup = new HandCleanup();
        AbortGroup group = this.controller.phase(5);
        group.onAbort("cleanup", cleanup);
        group.abortAsync(this.reason);
        cleanup.finish();

        settled(this.controller.abortAsync(this.reason));

        assertThat(cleanup.starts()).isEqualTo(1);
    }

    @Test
    void settlingDownToAPhaseLeavesTheLowerOnesAlone() {
        this.controller.phase(100).onAbort("100", event -> null);
        this.controller.phase(50).onAbort("50", event -> null);
        AbortGroup low = this.controller.phase(49);

        AbortReport report = settled(this.controller.settleDownTo(50, this.reason, Duration.ofSeconds(1)));

        assertThat(outcome(report, "100")).isEqualTo(Outcome.COMPLETED);
        assertThat(outcome(report, "50")).isEqualTo(Outcome.COMPLETED);
        assertThat(low.signal().aborted()).isFalse();
        assertThat(this.controller.signal().aborted()).isFalse();
        assertThat(report.settled()).isFalse();
    }

    @Test
    void settlingStepByStepIsOneSettlement() {
        for (int phase : new int[] {100, 50, 0}) {
            this.controller.phase(phase).onAbort("" + phase, this.journal.noting("phase " + phase + " ran"));
        }

        settled(this.controller.settleDownTo(100, this.reason, Duration.ofSeconds(1)));
        settled(this.controller.settleDownTo(50, AbortReason.shutdown("other"), Duration.ofSeconds(1)));
        this.controller.close();

        AbortReport report = this.controller.report();
        assertThat(report.settled()).isTrue();
        assertThat(report.entries()).extracting(AbortReport.Entry::name).containsExactly("100", "50", "0");
        assertThat(this.journal.lines())
                .filteredOn(line -> line.endsWith(" ran"))
                .containsExactly("phase 100 ran", "phase 50 ran", "phase 0 ran");
        assertThat(this.controller.phase(50).signal().reason()).containsSame(this.reason);
        assertThat(this.controller.signal().reason()).containsSame(this.reason);
    }

    @Test
    void stepWaitsForItsOwnPhasesOnly() {
        HandCleanup high = new HandCleanup();
        HandCleanup low = new HandCleanup();
        this.controller.phase(100).onAbort("high", high);
        this.controller.phase(50).onAbort("low", low);
        CompletableFuture<AbortReport> all = this.controller.abortAsync(this.reason);
        CompletableFuture<AbortReport> step = this.controller.settleDownTo(100, this.reason, Duration.ofSeconds(1));

        high.finish();

        assertThat(low.started()).isTrue();
        assertThat(step).isCompleted();
        assertThat(all).isNotDone();
        low.finish();
        assertThat(settled(all).settled()).isTrue();
    }

    @Test
    void stepWhosePhasesHaveSettledDoesNotWaitForLowerOnes() {
        HandCleanup low = new HandCleanup();
        this.controller.phase(100).onAbort("high", event -> null);
        this.controller.phase(50).onAbort("low", low);
        this.controller.abortAsync(this.reason);
        assertThat(low.started()).isTrue();

        CompletableFuture<AbortReport> step = this.controller.settleDownTo(100, this.reason, Duration.ofSeconds(1));

        assertThat(step).isCompleted();
        low.finish();
    }

    @Test
    void stepRequestsShutdown() {
        this.controller.settleDownTo(100, this.reason, Duration.ofSeconds(1));

        assertThat(this.controller.shutdownRequested().reason()).containsSame(this.reason);
    }

    @Test
    void reportOfAllCountsFromTheBeginningOfTheAbort() {
        HandCleanup cleanup = new HandCleanup();
        this.controller.phase(100).onAbort("cleanup", cleanup);
        this.controller.abortAsync(this.reason);
        this.time.advance(Duration.ofSeconds(2));

        assertThat(this.controller.report().elapsed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(this.controller.report().settled()).isFalse();
        cleanup.finish();
    }

    @Test
    void groupWhoseTurnHasNotComeReportsThatNothingHasBegun() {
        HandCleanup cleanup = new HandCleanup();
        this.controller.phase(100).onAbort("cleanup", cleanup);
        AbortGroup low = this.controller.phase(-5);
        low.onAbort("later", event -> null);
        this.controller.abortAsync(this.reason);
        this.time.advance(Duration.ofSeconds(2));

        assertThat(low.report().elapsed()).isZero();
        assertThat(low.report().settled()).isFalse();
        assertThat(outcome(low.report(), "later")).isEqualTo(Outcome.PENDING);
        cleanup.finish();
    }

    @Test
    void openPhasesAreThoseThatHaveNotSettledHighestFirst() {
        HandCleanup cleanup = new HandCleanup();
        this.controller.phase(100).nextGroup().onAbort("cleanup", cleanup);
        this.controller.phase(-5);
        assertThat(this.controller.openPhases()).containsExactly(100, 0, -5);

        this.controller.abortAsync(this.reason);
        assertThat(this.controller.openPhases()).containsExactly(100, 0, -5);
        cleanup.finish();

        assertThat(this.controller.openPhases()).isEmpty();
    }

    @Test
    void groupMadeBetweenTwoStepsRunsInTheNextAndIsLateWhenItsTurnHasPassed() {
        this.controller.phase(50).onAbort("50", event -> null);
        settled(this.controller.settleDownTo(50, this.reason, Duration.ofSeconds(1)));
        this.controller.phase(100).onAbort("100", this.journal.noting("100 ran"));
        assertThat(this.journal.lines()).doesNotContain("100 ran");

        AbortReport report = settled(this.controller.settleDownTo(10, this.reason, Duration.ofSeconds(1)));

        assertThat(outcome(report, "100")).isEqualTo(Outcome.LATE);
    }

    @Test
    @Tag("large")
    void manyRanksSettleWithoutRecursion() {
        AbortGroup group = this.controller.phase(5);
        for (int i = 0; i < 1_000; i++) {
            group.onAbort("cleanup", event -> null);
            group = group.nextGroup("next");
        }

        AbortReport report = settled(this.controller.abortAsync(this.reason));

        assertThat(report.counts()).containsOnly(java.util.Map.entry(Outcome.COMPLETED, 1_000L));
    }
}
