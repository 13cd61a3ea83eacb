package dev.settle.benchmark.shutdown;

import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import java.util.concurrent.CompletableFuture;

class SettleService implements Caller {

    private final Dependency dependency;

    SettleService(Dependency dependency) {
        this.dependency = dependency;
    }

    @Override
    @Retry(maxRetries = 4, delay = "${backoff}ms", maxDelay = "${backoff}ms", jitter = Retry.Jitter.NONE)
    public CompletableFuture<String> retried(Task task) {
        return task.attempt(this.dependency);
    }

    @Override
    @Retry
    @Timeout("30s")
    public CompletableFuture<String> remote(Task task) {
        return task.remote(this.dependency);
    }
}
