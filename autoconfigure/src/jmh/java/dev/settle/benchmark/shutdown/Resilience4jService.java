package dev.settle.benchmark.shutdown;

import io.github.resilience4j.retry.annotation.Retry;
import io.github.resilience4j.timelimiter.annotation.TimeLimiter;
import java.util.concurrent.CompletableFuture;

class Resilience4jService implements Caller {

    private final Dependency dependency;

    Resilience4jService(Dependency dependency) {
        this.dependency = dependency;
    }

    @Override
    @Retry(name = "close")
    public CompletableFuture<String> retried(Task task) {
        return task.attempt(this.dependency);
    }

    @Override
    @Retry(name = "close")
    @TimeLimiter(name = "close")
    public CompletableFuture<String> remote(Task task) {
        return task.remote(this.dependency);
    }
}
