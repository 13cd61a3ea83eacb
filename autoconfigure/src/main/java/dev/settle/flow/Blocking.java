package dev.settle.flow;

import dev.settle.core.AsyncCall;
import dev.settle.time.Workers;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Code that blocks, as work that can be started.
 *
 * <pre class="code">
 * CompletableFuture&lt;Report&gt; report = RetryPolicy.times(3).build().call(Blocking.of(() -&gt; printer.print(order)));
 * </pre>
 *
 * Each start runs the code once, in the context of whoever starts it. An abort of the signal under which it was started
 * interrupts its thread; it has ended when the code has returned, and not before.
 */
public final class Blocking {

    private Blocking() {}

    /** On one of Settle's own threads, of which there is always one more: virtual ones from Java 21 on. */
    public static <T extends @Nullable Object> AsyncCall<T> of(Callable<T> code) {
        return of(Workers.shared(), code);
    }

    /** On a thread of the executor; code that it rejects has failed. */
    public static <T extends @Nullable Object> AsyncCall<T> of(Executor executor, Callable<T> code) {
        return () -> new BlockingRun<>(code).start(executor);
    }
}
