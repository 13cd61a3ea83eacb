package dev.settle.abort;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A cleanup that may take its time. */
@FunctionalInterface
public interface AsyncCleanup {

    /**
     * Starts the cleanup, on a thread of its own that may block. {@link AbortSignal#current()} is
     * {@link AbortEvent#hard()} meanwhile.
     *
     * @return settles when the cleanup is over; null when it is over already. A value that is not null is shown in the
     *     report, so a cleanup may say what it has done
     */
    @Nullable
    CompletionStage<?> cleanUp(AbortEvent event) throws Exception;
}
