package dev.settle;

import dev.settle.abort.AbortReason;
import java.util.concurrent.CancellationException;

/**
 * The work was given up by its caller, by the application, or because the application is stopping.
 *
 * <p>It has the stack trace of who finds it: of the caller of a synchronous method, and of work that asks its signal. The
 * exception of a future has none: very many may be made at once, where the trace would show nothing of the call.
 */
public class AbortedException extends CancellationException implements Aborted {

    private static final long serialVersionUID = 1L;

    private final transient AbortReason reason;

    /** Creates the exception for a reason; its cause is the reason's. */
    public AbortedException(AbortReason reason) {
        super(reason.message());
        this.reason = reason;
        if (reason.cause() != null) {
            initCause(reason.cause());
        }
    }

    /** No stack trace of whoever gave the work up. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    @Override
    public AbortReason reason() {
        return this.reason;
    }
}
