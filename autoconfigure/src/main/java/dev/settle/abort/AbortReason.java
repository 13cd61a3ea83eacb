package dev.settle.abort;

import dev.settle.Aborted;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why something was aborted: the same instance everywhere it is seen.
 *
 * @param kind what kind of thing happened
 * @param message what happened, in words; never a key or an argument of a call
 * @param cause what led to it, if anything
 */
public record AbortReason(
        Kind kind, String message, @Nullable Throwable cause) {

    /** What kinds of reasons there are. */
    public enum Kind {
        /** A deadline has passed. */
        TIMEOUT,
        /** The caller gave up. */
        CALLER_CANCELLED,
        /** A later call took the place of this one. */
        SUPERSEDED,
        /** The application is stopping. */
        SHUTDOWN,
        /** The application asked for it. */
        APPLICATION
    }

    /** A reason of the application's own. */
    public static AbortReason application(String message) {
        return new AbortReason(Kind.APPLICATION, message, null);
    }

    /** The application is stopping. */
    public static AbortReason shutdown(String message) {
        return new AbortReason(Kind.SHUTDOWN, message, null);
    }

    /** A later call has taken the place of this one. */
    public static AbortReason superseded(String message) {
        return new AbortReason(Kind.SUPERSEDED, message, null);
    }

    /** The caller gave up. */
    public static AbortReason callerCancelled(String message) {
        return new AbortReason(Kind.CALLER_CANCELLED, message, null);
    }

    /**
     * Finds the reason in a failure, through the wrappers of the JDK: {@code CompletionException},
     * {@code ExecutionException}, and the {@code CancellationException} that {@code join} puts around a subclass of it
     * since JDK 23.
     */
    public static Optional<AbortReason> from(@Nullable Throwable failure) {
        // Causes may form a ring; each is looked at once.
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        try {
            for (Throwable next = failure; next != null && seen.add(next); next = next.getCause()) {
                if (next instanceof Aborted aborted) {
                    return Optional.of(aborted.reason());
                }
            }
        } catch (RuntimeException ex) {
            // A failure whose getCause() fails has none that could be known.
            return Optional.empty();
        }
        return Optional.empty();
    }
}
