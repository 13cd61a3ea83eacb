package dev.settle.core;

import dev.settle.Aborted;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** What all parts of a call do with failures. */
public final class Failures {

    /** How many earlier failures the last one carries. */
    public static final int MOST_SUPPRESSED = 5;

    private Failures() {}

    /** The failure itself, without the wrappers that futures put around it. */
    public static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Cancels the future behind a stage, if there is one. */
    public static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (RuntimeException ex) {
            // A stage that is no future cannot be cancelled; its work has been told by the signal.
        }
    }

    /**
     * Adds a suppressed failure, unless it is the failure itself or there are five already: a failure that the application
     * makes once and throws for ever must not grow.
     */
    public static void suppress(Throwable failure, Throwable suppressed) {
        if (failure != suppressed && failure.getSuppressed().length < MOST_SUPPRESSED) {
            failure.addSuppressed(suppressed);
        }
    }

    /** What the caller of an aborted call gets: why it was aborted, with what the work made of it suppressed. */
    static Throwable aborted(AbortReason why, Throwable failure) {
        if (failure instanceof Aborted) {
            return failure;
        }
        RuntimeException aborted = AbortSource.exception(why);
        if (!(failure instanceof CancellationException)) {
            suppress(aborted, failure);
        }
        return aborted;
    }
}
