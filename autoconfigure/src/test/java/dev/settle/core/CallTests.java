package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallPhase;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSource;
import dev.settle.abort.InFlight;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy can ask a call. */
class CallTests {

    private final HandCalls calls = new HandCalls();

    @Test
    void runsUntilAPolicySaysOtherwise() {
        Call call = this.calls.call("a");
        assertThat(call.phase()).isEqualTo(CallPhase.RUNNING);

        call.phase(CallPhase.WAITING_BULKHEAD);

        assertThat(call.phase()).isEqualTo(CallPhase.WAITING_BULKHEAD);
    }

    @Test
    void knowsTheThreadThatMadeItByItsNameOrNumber() throws Exception {
        assertThat(callerNameOn("orders-1")).isEqualTo("orders-1");
        assertThat(callerNameOn("")).matches("#\\d+");
    }

    private String callerNameOn(String thread) throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        new Thread(() -> name.complete(this.calls.call("a").callerName()), thread).start();
        return Results.await(name);
    }

    @Test
    void isInsideItselfWhenACallOfTheMethodIsAroundIt() {
        Call outer = this.calls.call("a");

        assertThat(outer.isInsideItself()).isFalse();
        assertThat(this.calls.callWithin(outer.signal(), "b").isInsideItself()).isTrue();
    }

    @Test
    void isNotInsideItselfWhenAnotherMethodIsAroundIt() {
        Call other = new HandCalls().call("a");

        assertThat(this.calls.callWithin(other.signal(), "b").isInsideItself()).isFalse();
    }

    @Test
    void isTheSameInsideANarrowerSignal() {
        Call call = this.calls.call("a");
        AbortSource narrower = AbortSource.child(call.signal());

        Call inner = call.with(narrower);

        assertThat(inner.signal()).isSameAs(narrower);
        assertThat(inner.root()).isSameAs(call.root());
        assertThat(inner.arguments()).containsExactly("a");
        assertThat(inner.detached()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"SHUTDOWN,1,0", "CALLER_CANCELLED,0,1", "APPLICATION,0,1"})
    void onlyWhatShutdownEndsIsCountedAsAborted(Kind kind, long aborted, long ended) {
        InFlight inFlight = new InFlight();
        AbortSource passed = new AbortSource();
        PlannedMethod.with().trackedBy(inFlight).start(passed, CompletableFuture::new);
        InFlight.Tally tally = inFlight.tally();

        passed.abort(new AbortReason(kind, "enough", null));

        assertThat(tally.aborted()).isEqualTo(aborted);
        assertThat(tally.ended()).isEqualTo(ended);
    }
}
