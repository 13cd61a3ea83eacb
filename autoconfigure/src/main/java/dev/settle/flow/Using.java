package dev.settle.flow;

import dev.settle.core.AsyncCall;
import dev.settle.core.AsyncFunction;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Opens, uses and always closes.
 *
 * <pre class="code">
 * Using.with(pool::acquire, connection -&gt; connection.query(sql), Connection::release);
 * </pre>
 *
 * What has been opened is closed once, when the use of it has ended: also when that fails, throws or is given up, and when it
 * was given up while it was being opened. Opening is told by its signal to stop, but never cancelled, because what it opens
 * would be lost; closing is shielded from aborts. A failure to close is suppressed in that of the use, or is the failure itself.
 * The outcome is there when all of that has ended. Several resources are nested, and closed in the opposite order.
 */
public final class Using {

    private Using() {}

    /** With a function that closes, and whose future is waited for. */
    public static <R extends @Nullable Object, T extends @Nullable Object, C extends @Nullable Object>
            CompletableFuture<T> with(
                    AsyncCall<R> open, AsyncFunction<? super R, T> use, AsyncFunction<? super R, C> close) {
        return new UsingRun<>(use, close).start(open);
    }

    /** With a resource that knows how to close itself, which it does on a thread of its own because it may block. */
    public static <R extends AutoCloseable, T extends @Nullable Object> CompletableFuture<T> with(
            AsyncCall<R> open, AsyncFunction<? super R, T> use) {
        return with(
                open,
                use,
                resource -> Blocking.of(() -> {
                            resource.close();
                            return null;
                        })
                        .start());
    }
}
