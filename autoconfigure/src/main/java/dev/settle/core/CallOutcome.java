package dev.settle.core;

import dev.settle.Aborted;
import dev.settle.CallRejectedException;
import dev.settle.CallTimeoutException;
import dev.settle.SupersededException;
import dev.settle.abort.AbortReason;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** How a call has ended, as its caller sees it. */
public enum CallOutcome {
    /** With a value. */
    SUCCESS,
    /** With a failure of the method. */
    FAILURE,
    /** With a {@code CallTimeoutException}. */
    TIMEOUT,
    /** With a {@code CallRejectedException}: a policy, or the shutdown, has refused it. */
    REJECTED,
    /** A later call has taken its place. */
    SUPERSEDED,
    /** Its caller gave it up. */
    CANCELLED,
    /** The shutdown, or the application, has aborted it. */
    ABORTED;

    /** The outcome of a call that has ended with this failure; null is a value. */
    public static CallOutcome of(@Nullable Throwable failure) {
        if (failure == null) {
            return SUCCESS;
        }
        if (failure instanceof CallTimeoutException) {
            return TIMEOUT;
        }
        if (failure instanceof CallRejectedException) {
            return REJECTED;
        }
        if (failure instanceof SupersededException) {
            return SUPERSEDED;
        }
        if (failure instanceof Aborted aborted && aborted.reason().kind() != AbortReason.Kind.CALLER_CANCELLED) {
            return ABORTED;
        }
        return (failure instanceof CancellationException) ? CANCELLED : FAILURE;
    }

    /** The word for it in metrics and endpoints. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
