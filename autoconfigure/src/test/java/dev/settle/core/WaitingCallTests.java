package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.Listeners;
import dev.settle.core.LineEvent.Waited;
import dev.settle.queue.PermitLine;
import dev.settle.test.VirtualTime;
import dev.settle.time.Nanos;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a wait ends, and that nothing is left of it then. */
class WaitingCallTests {

    private static final AbortReason GIVEN_UP = AbortReason.callerCancelled("enough");

    private final VirtualTime time = new VirtualTime();
    private final PermitLine line = new PermitLine(1);
    private final HandCalls calls = new HandCalls();
    private final LineCall waiting = new LineCall(this.calls.call(), this.line, this.time);

    private void taken() {
        assertThat(this.line.tryEnter(1)).isTrue();
    }

    private void assertNothingIsLeft() {
        assertThat(this.time.pending()).as("timers").isZero();
        assertThat(Listeners.on(this.waiting.call().signal()))
                .as("listeners of the call")
                .isZero();
        assertThat(Listeners.on(this.calls.stopping()))
                .as("listeners of the application")
                .isZero();
        assertThat(this.line.waiting()).as("in line").isZero();
    }

    private void assertRefused(Reason reason) {
        assertThat(this.waiting.outcomes())
                .singleElement()
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
        assertNothingIsLeft();
    }

    @Test
    void turnOfTheCallLetsItIn() {
        taken();
        this.waiting.waits();
        assertThat(this.waiting.outcomes()).isEmpty();

        this.line.release(1);

        assertThat(this.waiting.outcomes()).containsExactly("in");
        assertNothingIsLeft();
    }

    @Test
    void callThatNeedNotWaitGoesOnAtOnce() {
        this.waiting.waits();

        assertThat(this.waiting.outcomes()).containsExactly("in");
        assertNothingIsLeft();
    }

    @Test
    void waitThatIsTooLongIsRefused() {
        taken();
        this.waiting.waits();

        this.time.advance(LineCall.MAX_WAIT.minusNanos(1));
        assertThat(this.waiting.outcomes()).isEmpty();
        this.time.advance(Duration.ofNanos(1));

        assertRefused(Reason.WAIT_EXCEEDED);
    }

    @Test
    void waitThatWasTooLongTakesNoPermit() {
        taken();
        this.waiting.waits();
        this.time.advance(LineCall.MAX_WAIT);

        this.line.release(1);

        assertThat(this.line.free()).isEqualTo(1);
        assertThat(this.line.tryEnter(1)).isTrue();
    }

    @Test
    void turnAtTheLastMomentWins() {
        taken();
        this.waiting.waits();
        this.time.schedule(LineCall.MAX_WAIT.toNanos(), () -> this.line.release(1));

        this.time.advance(LineCall.MAX_WAIT);

        assertThat(this.waiting.outcomes()).containsExactly("in");
        assertNothingIsLeft();
    }

    @Test
    void abortEndsTheWait() {
        taken();
        this.waiting.waits();

        this.waiting.call().signal().abort(GIVEN_UP);

        assertThat(this.waiting.outcomes())
                .singleElement()
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason()).isSameAs(GIVEN_UP));
        assertNothingIsLeft();
    }

    @Test
    void stoppingApplicationEndsTheWait() {
        taken();
        this.waiting.waits();

        this.calls.stopping().abort(AbortReason.shutdown("closing"));

        assertRefused(Reason.CLOSED);
    }

    @Test
    void closedLineEndsTheWait() {
        taken();
        this.waiting.waits();

        this.line.close();

        assertRefused(Reason.CLOSED);
    }

    @Test
    void fullLineRefuses() {
        taken();
        LineCall first = new LineCall(this.calls.call(), this.line, this.time).waits();

        this.waiting.waits(LineCall.MAX_WAIT, 1);
        this.line.release(1);

        assertThat(first.outcomes()).containsExactly("in");
        assertRefused(Reason.QUEUE_FULL);
    }

    @Test
    void lineWithoutPlacesRefuses() {
        taken();
        this.waiting.waits(LineCall.MAX_WAIT, 0);

        assertRefused(Reason.QUEUE_FULL);
    }

    @Test
    void waitOfNoLengthIsRefused() {
        taken();
        this.waiting.waits(Duration.ZERO, 1000);

        assertRefused(Reason.WAIT_EXCEEDED);
    }

    @Test
    void lineThatIsClosedAlreadyRefuses() {
        this.line.close();

        this.waiting.waits();

        assertRefused(Reason.CLOSED);
    }

    @Test
    void applicationThatIsStoppingAlreadyRefuses() {
        taken();
        this.calls.stopping().abort(AbortReason.shutdown("closing"));

        this.waiting.waits();

        assertRefused(Reason.CLOSED);
    }

    @Test
    void callThatIsAbortedAlreadyDoesNotWait() {
        taken();
        this.waiting.call().signal().abort(GIVEN_UP);

        this.waiting.waits();

        assertThat(this.waiting.outcomes()).singleElement().isInstanceOf(AbortedException.class);
        assertNothingIsLeft();
    }

    @Test
    void callThatIsAbortedAlreadyLeavesNothingAtAClosedLine() {
        this.line.close();
        this.waiting.call().signal().abort(GIVEN_UP);

        this.waiting.waits();

        assertThat(this.waiting.outcomes()).singleElement().isInstanceOf(AbortedException.class);
        assertNothingIsLeft();
    }

    @Test
    void workOfTheShutdownWaitsOnWhenTheApplicationStops() {
        taken();
        AbortSource cleanup = new AbortSource() {
            @Override
            public boolean settling() {
                return true;
            }
        };
        LineCall nested = new LineCall(this.calls.callWithin(cleanup), this.line, this.time).waits();

        this.calls.stopping().abort(AbortReason.shutdown("closing"));
        assertThat(nested.outcomes()).isEmpty();
        this.line.release(1);

        assertThat(nested.outcomes()).containsExactly("in");
    }

    @Test
    void waitForEverNeedsNoTimer() {
        taken();

        this.waiting.waits(Duration.ofNanos(Nanos.FOREVER), 1000);

        assertThat(this.time.pending()).isZero();
        assertThat(this.waiting.outcomes()).isEmpty();
    }

    @Test
    void listenersAreToldHowLongACallHasWaited() {
        taken();
        this.waiting.waits();
        this.time.advance(Duration.ofSeconds(3));

        this.line.release(1);

        assertThat(this.calls.events()).containsExactly(LineEvent.WAITING, LineEvent.LET_IN);
        assertThat(this.calls.lastDetail()).isEqualTo(new Waited("bulkhead", Duration.ofSeconds(3)));
    }

    @Test
    void listenersAreToldOfACallThatHasWaitedInVain() {
        taken();
        this.waiting.waits();

        this.time.advance(LineCall.MAX_WAIT);

        assertThat(this.calls.events()).containsExactly(LineEvent.WAITING, LineEvent.REJECTED, LineEvent.LEFT);
        assertThat(this.calls.lastDetail()).isEqualTo(new Waited("bulkhead", LineCall.MAX_WAIT));
    }
}
