package dev.settle.flow;

import dev.settle.Aborted;
import dev.settle.abort.AbortGroup;
import dev.settle.core.AsyncCall;
import dev.settle.core.Failures;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Work nobody waits for, but somebody watches: a failure is logged, and at shutdown it is waited for before it is aborted.
 *
 * <pre class="code">
 * background.run("welcome mail", () -&gt; mails.send(user));
 * </pre>
 *
 * It is not part of what its caller does, and goes on when that ends; its own {@link dev.settle.abort.AbortSignal#current()
 * current signal} aborts at the turn of its group. In a Spring Boot application it is a bean. How much of it may run at once is
 * said by a policy around the work, such as a semaphore.
 */
public final class Background {

    private final AbortGroup group;

    private Background(AbortGroup group) {
        this.group = group;
    }

    /** Work that belongs to a group: it is waited for, and aborted, when the group settles. */
    public static Background of(AbortGroup group) {
        return new Background(group);
    }

    /**
     * Starts the work on this thread. When it fails, or is refused because the application stops, that is logged.
     *
     * @param name what it is called in logs and reports
     */
    public <T extends @Nullable Object> void run(String name, AsyncCall<T> work) {
        this.group.track(name, signal -> start(work)).whenComplete((value, failure) -> {
            if (failure != null && !didAsTold(Failures.unwrap(failure))) {
                Failures.log(Background.class, "Background work '" + name + "' failed", failure);
            }
        });
    }

    /** What ends because the application stops is in the report of the shutdown. */
    private boolean didAsTold(Throwable failure) {
        return this.group.signal().aborted()
                && (failure instanceof CancellationException || failure instanceof Aborted);
    }

    private static <T extends @Nullable Object> CompletionStage<T> start(AsyncCall<T> work) {
        try {
            return work.start();
        } catch (Throwable ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }
}
