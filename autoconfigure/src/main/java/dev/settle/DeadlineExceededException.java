package dev.settle;

import dev.settle.abort.AbortReason;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** The facts of one passed deadline: made once, it is the cause of every exception that tells of it. */
public final class DeadlineExceededException extends TimeoutException {

    private static final long serialVersionUID = 1L;

    private final Duration limit;
    private final Duration elapsed;
    private final CallPhase phase;
    private final boolean cancelsWork;

    /**
     * Creates the facts of a passed deadline.
     *
     * @param limit how long it might have taken
     * @param elapsed how long it took
     * @param phase what the call was doing
     * @param cancelsWork whether the work itself is to be cancelled, or only told by its signal
     */
    public DeadlineExceededException(
            String message, Duration limit, Duration elapsed, CallPhase phase, boolean cancelsWork) {
        super(message);
        this.limit = limit;
        this.elapsed = elapsed;
        this.phase = phase;
        this.cancelsWork = cancelsWork;
    }

    /** The facts in a reason, or, for a deadline that was not Settle's, ones that know only its message. */
    static DeadlineExceededException in(AbortReason reason) {
        return reason.cause() instanceof DeadlineExceededException facts
                ? facts
                : new DeadlineExceededException(
                        reason.message(), Duration.ZERO, Duration.ZERO, CallPhase.RUNNING, true);
    }

    Duration limit() {
        return this.limit;
    }

    Duration elapsed() {
        return this.elapsed;
    }

    CallPhase phase() {
        return this.phase;
    }

    /** Whether a call that was given up for this reason has its work cancelled too. */
    public static boolean cancelsWork(AbortReason reason) {
        return !(reason.cause() instanceof DeadlineExceededException facts) || facts.cancelsWork;
    }

    /** No stack trace: one is made for each call that times out, on a timer's behalf. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
