package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.core.HandRun.Caller;
import dev.settle.test.VirtualTime;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The end of a run, for those who wait for it, for those who want no outcome, and at shutdown. */
class SharedRunEndTests {

    private final HandCalls calls = new HandCalls();
    private final HandRun run = new HandRun(new VirtualTime());

    @Test
    void whoWaitsForTheEndIsToldWhenAllCallersHaveBeen() {
        Caller one = this.run.gathers("one");
        Caller two = this.run.gathers("two");
        CompletableFuture<Boolean> all = this.run
                .run()
                .told()
                .thenApply(nothing -> one.share().isDone() && two.share().isDone());
        this.run.starts();
        assertThat(all).isNotDone();

        this.run.work().complete("done");

        assertThat(all).isCompletedWithValue(true);
    }

    @Test
    void whoWaitsForTheEndOfARunThatIsGivenUpIsToldWhenAllCallersHaveBeen() {
        Caller one = this.run.gathers("one");
        CompletableFuture<Boolean> all =
                this.run.run().told().thenApply(nothing -> one.share().isDone());

        this.run.run().giveUp(() -> new IllegalStateException("closed"));

        assertThat(all).isCompletedWithValue(true);
    }

    @Test
    void whoWaitsForTheEndOfARunThatAllHaveLeftIsToldThatItNeverBegins() {
        Caller one = this.run.gathers("one");
        CompletableFuture<Boolean> all =
                this.run.run().told().thenApply(nothing -> one.share().isDone());

        one.leaves();

        assertThat(all).isCompletedWithValue(true);
        assertThat(this.run.run().result()).isCompletedWithValue(null);
    }

    @Test
    void theEndOfARunThatAllHaveLeftIsThatOfItsWork() {
        Caller one = this.run.gathers("one");
        this.run.starts();

        one.leaves();

        assertThat(this.run.run().told()).isNotDone();
        assertThat(this.run.run().result()).isNotDone();
        this.run.work().complete("late");
        assertThat(this.run.run().told()).isCompleted();
        assertThat(this.run.run().result()).isCompletedWithValue("late");
    }

    @Test
    void callersWhoWantNoOutcomeAreLetGoAlsoFromARunThatGoesOn() {
        Caller one = this.run.gathers("one");
        Caller two = this.run.gathers("two");
        this.run.starts();

        this.run.run().supersedeEarlier(null);

        assertThat(one.share()).isCompletedWithValue(null);
        assertThat(two.share()).isNotDone();
        assertThat(this.run.run().callers()).isOne();
    }

    @Test
    void atShutdownARunThatIsToBeFlushedIsKeptThoughItsCallersGo() {
        SharedRun flushed = new SharedRun(new VirtualTime(), true, over -> {});
        Call call = this.calls.call("one");
        CompletableFuture<Object> share = flushed.gather(call);

        call.signal().abort(new AbortReason(Kind.SHUTDOWN, "stopping", null));

        assertThat(share).isCompletedExceptionally();
        assertThat(flushed.signal().aborted()).isFalse();
        assertThat(flushed.start((one, next) -> next.start(one), one -> new CompletableFuture<>(), null))
                .isTrue();
    }

    @Test
    void aRunThatIsToBeFlushedIsDroppedWhenItsOnlyCallerGivesUp() {
        SharedRun flushed = new SharedRun(new VirtualTime(), true, over -> {});
        Call call = this.calls.call("one");
        flushed.gather(call);

        call.signal().abort(AbortReason.callerCancelled("enough"));

        assertThat(flushed.signal().aborted()).isTrue();
        assertThat(flushed.start((one, next) -> next.start(one), one -> new CompletableFuture<>(), null))
                .isFalse();
    }
}
