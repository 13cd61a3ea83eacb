package dev.settle.core;

import dev.settle.Aborted;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What all parts of a call do with failures. */
public final class Failures {

    /** How many earlier failures the last one carries. */
    public static final int MOST_SUPPRESSED = 5;

    private static final int MOST_WRAPPERS = 32;

    private Failures() {}

    /** The failure itself, without the wrappers that futures put around it. */
    public static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        // Wrappers may form a ring, and their getCause() may fail: then the failure is what it is.
        for (int depth = 0; depth < MOST_WRAPPERS && isWrapper(inner); depth++) {
            Throwable cause = cause(inner);
            if (cause == null) {
                return inner;
            }
            inner = cause;
        }
        return isWrapper(inner) && cause(inner) != null ? failure : inner;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof CompletionException || failure instanceof ExecutionException;
    }

    private static @Nullable Throwable cause(Throwable failure) {
        try {
            return failure.getCause();
        } catch (RuntimeException ex) {
            return null;
        }
    }

    /** Cancels the future behind a stage, if there is one. */
    public static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (Throwable ex) {
            // A stage that is no future cannot be cancelled, and one may break; its work has been told by the signal.
        }
    }

    /**
     * Adds a suppressed failure, unless it is the failure itself, or only says that the failure has caused it, or there are five
     * already: a failure that the application makes once and throws for ever must not grow.
     */
    public static void suppress(Throwable failure, Throwable suppressed) {
        if (failure != suppressed && cause(suppressed) != failure && failure.getSuppressed().length < MOST_SUPPRESSED) {
            failure.addSuppressed(suppressed);
        }
    }

    /** What the caller of an aborted call gets: why it was aborted, with what the work made of it suppressed. */
    public static Throwable aborted(AbortReason why, Throwable failure) {
        if (failure instanceof Aborted) {
            return failure;
        }
        RuntimeException aborted = AbortSource.exception(why);
        if (!(failure instanceof CancellationException)) {
            suppress(aborted, failure);
        }
        return aborted;
    }

    /** Logs a failure that nobody else will hear of; its own text may fail too. */
    public static void log(Class<?> where, String what, Throwable failure) {
        System.Logger log = System.getLogger(where.getName());
        try {
            log.log(System.Logger.Level.WARNING, what, failure);
        } catch (Throwable ex) {
            log.log(
                    System.Logger.Level.WARNING,
                    what + ": " + failure.getClass().getName());
        }
    }
}
