package dev.settle.lifecycle;

import dev.settle.annotation.Retry;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A service whose calls do what the test hands in, and wait an hour before they try again. */
class Courier {

    @Retry(delay = "1h", maxDelay = "1h", jitter = Retry.Jitter.NONE)
    CompletableFuture<String> deliver(Supplier<CompletableFuture<String>> work) {
        return work.get();
    }

    @Retry(delay = "1h", maxDelay = "1h", jitter = Retry.Jitter.NONE)
    String deliverNow(Callable<String> work) throws Exception {
        return work.call();
    }
}
