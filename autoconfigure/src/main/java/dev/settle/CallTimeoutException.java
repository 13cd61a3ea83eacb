package dev.settle;

import dev.settle.abort.AbortReason;
import java.time.Duration;

/**
 * A call took longer than it may. Its cause is a {@link java.util.concurrent.TimeoutException}; it is no
 * {@code CancellationException}, so nothing mistakes it for a caller that gave up.
 *
 * <p>It has the stack trace of who finds it: of the caller of a synchronous method, and of work that asks its signal. The
 * exception of a future has none: it is made on a timer's behalf, where the trace would show nothing of the call.
 */
public class CallTimeoutException extends RuntimeException implements Aborted {

    private static final long serialVersionUID = 1L;

    private final transient AbortReason reason;
    private final DeadlineExceededException facts;

    /** Creates the exception for a reason of kind {@code TIMEOUT}; what it knows of the deadline is the reason's cause. */
    public CallTimeoutException(AbortReason reason) {
        this(reason, DeadlineExceededException.in(reason));
    }

    private CallTimeoutException(AbortReason reason, DeadlineExceededException facts) {
        super(reason.message(), facts);
        this.reason = reason;
        this.facts = facts;
    }

    /** No stack trace of the timer's thread. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    @Override
    public AbortReason reason() {
        return this.reason;
    }

    /** The limit that was exceeded; zero when the deadline was not Settle's own. */
    public Duration limit() {
        return this.facts.limit();
    }

    /** How long the call had taken when it was given up; zero when the deadline was not Settle's own. */
    public Duration elapsed() {
        return this.facts.elapsed();
    }

    /** What the call was doing when it was given up. */
    public CallPhase phase() {
        return this.facts.phase();
    }
}
