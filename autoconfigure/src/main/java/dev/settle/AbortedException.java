package dev.settle;

import dev.settle.abort.AbortReason;
import java.util.concurrent.CancellationException;

/** The work was given up by its caller, by the application, or because the application is stopping. */
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

    @Override
    public AbortReason reason() {
        return this.reason;
    }
}
