package dev.settle.abort;

import static dev.settle.abort.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTests {

    private final InFlight inFlight = new InFlight();
    private final RecordedWork one = new RecordedWork();
    private final RecordedWork other = new RecordedWork();

    @Test
    void startsEmptyAndOpen() {
        assertThat(this.inFlight.size()).isZero();
        assertThat(this.inFlight.closed()).isFalse();
    }

    @Test
    void countsWhatIsIn() {
        assertThat(this.inFlight.enter(this.one)).isTrue();
        assertThat(this.inFlight.enter(this.other)).isTrue();
        assertThat(this.inFlight.size()).isEqualTo(2);

        this.inFlight.exit(this.one, false);

        assertThat(this.inFlight.size()).isEqualTo(1);
    }

    @Test
    void workThatHasLeftMayLeaveAgain() {
        this.inFlight.enter(this.one);
        this.inFlight.enter(this.other);

        this.inFlight.exit(this.one, false);
        this.inFlight.exit(this.one, false);

        assertThat(this.inFlight.size()).isEqualTo(1);
    }

    @Test
    void workThatNeverGotInMayLeave() {
        this.inFlight.enter(this.other);

        this.inFlight.exit(this.one, false);

        assertThat(this.inFlight.size()).isEqualTo(1);
    }

    @Test
    void workOfOtherThreadsIsCounted() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Thread thread = new Thread(() -> this.inFlight.enter(new RecordedWork()));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(10_000);
        }

        assertThat(this.inFlight.size()).isEqualTo(40);
    }

    @Test
    void workMayLeaveOnAnotherThread() throws Exception {
        this.inFlight.enter(this.one);
        CompletableFuture<Void> drained = this.inFlight.close();

        Thread thread = new Thread(() -> this.inFlight.exit(this.one, false));
        thread.start();

        Outcomes.await(drained);
        assertThat(this.inFlight.size()).isZero();
    }

    @Test
    void closedGateRefusesWork() {
        this.inFlight.close();

        assertThat(this.inFlight.closed()).isTrue();
        assertThat(this.inFlight.enter(this.one)).isFalse();
        assertThat(this.inFlight.size()).isZero();
    }

    @Test
    void refusedWorkMayLeave() {
        this.inFlight.enter(this.other);
        CompletableFuture<Void> drained = this.inFlight.close();
        this.inFlight.enter(this.one);

        this.inFlight.exit(this.one, false);

        assertThat(drained).isNotDone();
    }

    @Test
    void nestedWorkGetsInThroughAClosedGateAndIsWaitedFor() {
        this.inFlight.enter(this.one);
        CompletableFuture<Void> drained = this.inFlight.close();

        this.inFlight.enterNested(this.other);
        this.inFlight.exit(this.one, false);
        assertThat(drained).isNotDone();
        this.inFlight.exit(this.other, false);

        assertThat(drained).isCompleted();
    }

    @Test
    void openGateTakesWorkAgain() {
        this.inFlight.close();

        this.inFlight.openUnless(() -> false);

        assertThat(this.inFlight.closed()).isFalse();
        assertThat(this.inFlight.enter(this.one)).isTrue();
    }

    @Test
    void openingTellsWhoWaitsThatTheDrainWasCalledOff() {
        this.inFlight.enter(this.one);
        CompletableFuture<Void> first = this.inFlight.close();
        CompletableFuture<Void> second = this.inFlight.close();

        this.inFlight.openUnless(() -> false);

        assertThat(failure(first)).isInstanceOf(AbortedException.class);
        assertThat(failure(second)).isInstanceOf(AbortedException.class);
    }

    @Test
    void eachPieceOfWorkCanBeSeenAndMayLeaveMeanwhile() {
        this.inFlight.enter(this.one);
        this.inFlight.enter(this.other);
        AbortReason reason = AbortReason.application("enough");

        this.inFlight.forEach(work -> {
            work.abort(reason);
            this.inFlight.exit(work, false);
        });

        assertThat(this.one.reasons).containsExactly(reason);
        assertThat(this.other.reasons).containsExactly(reason);
        assertThat(this.inFlight.size()).isZero();
    }

    @Test
    void idleCompletesAtOnceWhenNothingIsIn() {
        assertThat(this.inFlight.idle()).isCompleted();
        assertThat(this.inFlight.closed()).isFalse();
    }

    @Test
    void idleCompletesWhenTheLastWorkHasLeftThoughTheGateIsOpen() {
        this.inFlight.enter(this.one);
        CompletableFuture<Void> idle = this.inFlight.idle();

        this.inFlight.enter(this.other);
        this.inFlight.exit(this.one, false);
        assertThat(idle).isNotDone();
        this.inFlight.exit(this.other, false);

        assertThat(idle).isCompleted();
    }

    @Test
    void openingDoesNotCallOffTheWaitForIdleness() {
        this.inFlight.enter(this.one);
        CompletableFuture<Void> idle = this.inFlight.idle();
        this.inFlight.close();

        this.inFlight.openUnless(() -> false);
        assertThat(idle).isNotDone();
        this.inFlight.exit(this.one, false);

        assertThat(idle).isCompleted();
    }

    @Test
    void closedGateStaysWatchedAfterItWasIdleOnce() {
        this.inFlight.enter(this.one);
        this.inFlight.close();
        this.inFlight.exit(this.one, false);
        this.inFlight.enterNested(this.other);

        CompletableFuture<Void> drained = this.inFlight.close();
        assertThat(drained).isNotDone();
        this.inFlight.exit(this.other, false);

        assertThat(drained).isCompleted();
    }

    @Test
    void tallyCountsWhatBecomesOfTheWorkThatWasIn() {
        RecordedWork third = new RecordedWork();
        this.inFlight.enter(this.one);
        this.inFlight.enter(this.other);
        this.inFlight.enter(third);
        InFlight.Tally tally = this.inFlight.tally();

        this.inFlight.exit(this.one, false);
        this.inFlight.exit(this.other, true);
        this.inFlight.exit(third, true);

        assertThat(tally.total()).isEqualTo(3);
        assertThat(tally.ended()).isEqualTo(1);
        assertThat(tally.aborted()).isEqualTo(2);
    }

    @Test
    void tallyDoesNotCountWhatCameAfterIt() {
        InFlight.Tally tally = this.inFlight.tally();

        this.inFlight.enter(this.one);
        this.inFlight.exit(this.one, true);

        assertThat(tally.total()).isZero();
        assertThat(tally.ended()).isZero();
        assertThat(tally.aborted()).isZero();
    }

    @Test
    void idleWaitsForCallsNotForTheWorkOfGroups() {
        WorkInFlight ofGroup = new GroupWork();
        this.inFlight.enter(ofGroup);
        this.inFlight.enter(this.one);
        CompletableFuture<Void> idle = this.inFlight.idle();
        CompletableFuture<Void> drained = this.inFlight.close();

        this.inFlight.exit(this.one, false);
        assertThat(idle).isCompleted();
        assertThat(drained).isNotDone();
        this.inFlight.exit(ofGroup, false);

        assertThat(drained).isCompleted();
    }

    @Test
    void tallyCountsCallsNotTheWorkOfGroups() {
        WorkInFlight ofGroup = new GroupWork();
        this.inFlight.enter(ofGroup);
        this.inFlight.enter(this.one);
        InFlight.Tally tally = this.inFlight.tally();

        this.inFlight.exit(ofGroup, true);
        this.inFlight.exit(this.one, false);

        assertThat(tally.total()).isEqualTo(1);
        assertThat(tally.ended()).isEqualTo(1);
        assertThat(tally.aborted()).isZero();
    }

    private static final class GroupWork extends WorkInFlight {

        @Override
        public boolean ofGroup() {
            return true;
        }
    }

    private static final class RecordedWork extends WorkInFlight {

        private final List<AbortReason> reasons = new ArrayList<>();

        RecordedWork() {
            onAbort(this.reasons::add);
        }
    }
}
