package dev.settle.lifecycle;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A service whose calls wait for hours, each in its way. */
class Station {

    @Debounce("1h")
    public CompletableFuture<String> flushed(Supplier<CompletableFuture<String>> work) {
        return work.get();
    }

    @Debounce("1h")
    public void flushedLater(Runnable work) {
        work.run();
    }

    @Debounce(value = "1h", onShutdown = Debounce.OnShutdown.CANCEL)
    public CompletableFuture<String> dropped(Supplier<CompletableFuture<String>> work) {
        return work.get();
    }

    @Throttle(window = "1h", maxWait = "24h")
    public CompletableFuture<String> paced(Supplier<CompletableFuture<String>> work) {
        return work.get();
    }

    @Throttle(window = "1h", maxWait = "24h", excess = Throttle.Excess.SHARE)
    public CompletableFuture<String> shared(Supplier<CompletableFuture<String>> work) {
        return work.get();
    }

    @Exclusive(maxWait = "24h")
    public CompletableFuture<String> locked(Supplier<CompletableFuture<String>> work) {
        return work.get();
    }

    @Bulkhead(value = 1, maxWait = "24h")
    public CompletableFuture<String> limited(Supplier<CompletableFuture<String>> work) {
        return work.get();
    }

    @Timeout("10s")
    public CompletableFuture<String> bounded(Supplier<CompletableFuture<String>> work) {
        return work.get();
    }

    @Retry(delay = "1h", maxDelay = "1h", jitter = Retry.Jitter.NONE)
    public CompletableFuture<String> retried(Supplier<CompletableFuture<String>> work) {
        return work.get();
    }

    @Retry(delay = "1h", maxDelay = "1h", jitter = Retry.Jitter.NONE)
    @Bulkhead(value = 1, maxWait = "24h")
    public CompletableFuture<String> retriedInLine(Supplier<CompletableFuture<String>> work) {
        return work.get();
    }

    @Throttle(window = "1h", maxWait = "24h")
    public String pacedNow(Callable<String> work) throws Exception {
        return work.call();
    }

    @Exclusive(maxWait = "24h")
    public String lockedNow(Callable<String> work) throws Exception {
        return work.call();
    }

    @Bulkhead(value = 1, maxWait = "24h")
    public String limitedNow(Callable<String> work) throws Exception {
        return work.call();
    }
}
