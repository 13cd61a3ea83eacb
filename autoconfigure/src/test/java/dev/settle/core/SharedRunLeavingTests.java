package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.Listeners;
import dev.settle.core.HandRun.Caller;
import dev.settle.test.VirtualTime;
import org.junit.jupiter.api.Test;

/** Callers that leave a run, and a run that is aborted. */
class SharedRunLeavingTests {

    private final HandRun run = new HandRun(new VirtualTime());
    private final Caller one = this.run.gathers("one");
    private final Caller two = this.run.gathers("two");

    private static void assertGivenUp(Caller caller) {
        assertThat(Results.failure(caller.share()))
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason()).isSameAs(Caller.GIVEN_UP));
        assertThat(Listeners.on(caller.call().signal())).isZero();
    }

    @Test
    void callerThatLeavesBeforeTheStartTakesItsArgumentsBack() {
        this.two.leaves();
        this.run.starts();
        this.run.work().complete("done");

        assertGivenUp(this.two);
        assertThat(this.one.share()).isCompletedWithValue("done");
        assertThat(this.run.journal()).containsExactly("runs with one", "over");
    }

    @Test
    void runThatAllHaveLeftDoesNotStart() {
        this.one.leaves();
        assertThat(this.run.journal()).isEmpty();
        this.two.leaves();

        assertGivenUp(this.one);
        assertGivenUp(this.two);
        assertThat(this.run.starts()).isFalse();
        assertThat(this.run.joins("late").share()).isNull();
        assertThat(this.run.run().result()).isCompletedWithValue(null);
        assertThat(this.run.journal()).containsExactly("over", "work aborted");
    }

    @Test
    void callerThatLeavesARunLeavesItToTheOthers() {
        this.run.starts();

        this.two.leaves();
        assertGivenUp(this.two);
        assertThat(this.run.run().signal().aborted()).isFalse();
        this.run.work().complete("done");

        assertThat(this.one.share()).isCompletedWithValue("done");
    }

    @Test
    void lastCallerToLeaveAbortsTheRun() {
        this.run.starts();

        this.one.leaves();
        this.two.leaves();

        assertThat(this.run.run().signal().reason()).containsSame(Caller.GIVEN_UP);
        assertThat(this.run.journal()).containsExactly("runs with two", "over", "work aborted");
        assertGivenUp(this.two);
    }

    @Test
    void forsakenRunIsNotJoinedAndIsOverOnce() {
        this.run.starts();
        this.one.leaves();
        this.two.leaves();

        assertThat(this.run.joins("late").share()).isNull();
        assertThat(this.run.run().result()).as("the work that goes on").isNotDone();
        this.run.work().complete("late");

        assertThat(this.run.run().result()).isCompletedWithValue("late");
        assertThat(this.run.journal()).containsOnlyOnce("over");
        assertGivenUp(this.one);
    }

    @Test
    void leavingAfterTheEndChangesNothing() {
        this.run.starts();
        this.run.work().complete("done");

        this.one.leaves();
        this.two.leaves();

        assertThat(this.one.share()).isCompletedWithValue("done");
        assertThat(this.run.run().signal().aborted()).isFalse();
        assertThat(this.run.journal()).containsOnlyOnce("over");
    }

    @Test
    void callerThatHasLeftAlreadyIsNotWaitedFor() {
        this.one.leaves();
        this.two.leaves();
        HandRun fresh = new HandRun(new VirtualTime());
        SharedRun shared = fresh.run();

        assertThat(shared.gather(this.one.call())).isCompletedExceptionally();

        assertThat(fresh.starts()).isFalse();
        assertThat(fresh.journal()).containsExactly("over", "work aborted");
    }

    @Test
    void abortTellsTheWorkAndThenTheCallers() {
        this.one.share().whenComplete((value, failure) -> this.run.write("one told"));
        this.run.starts();

        this.run.run().abort(AbortReason.superseded("a later run"));

        assertThat(this.run.journal()).containsExactly("runs with two", "over", "work aborted", "one told");
        assertThat(this.one.share()).isCompletedExceptionally();
        assertThat(this.two.share()).isCompletedExceptionally();
        assertThat(this.run.joins("late").share()).isNull();
        assertThat(this.run.run().result()).isNotDone();
    }

    @Test
    void runThatHasNotStartedIsNotAborted() {
        this.run.run().abort(AbortReason.superseded("a later run"));

        assertThat(this.one.share()).isNotDone();
        assertThat(this.run.starts()).isTrue();
    }

    @Test
    void runThatIsOverIsNotAborted() {
        this.run.starts();
        this.run.work().complete("done");

        this.run.run().abort(AbortReason.superseded("a later run"));

        assertThat(this.run.run().signal().aborted()).isFalse();
        assertThat(this.one.share()).isCompletedWithValue("done");
    }
}
