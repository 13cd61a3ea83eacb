package dev.settle.benchmark.shutdown;

import java.util.concurrent.CompletableFuture;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

class AsyncService implements Caller {

    private final Dependency dependency;

    AsyncService(Dependency dependency) {
        this.dependency = dependency;
    }

    @Override
    @Async
    public CompletableFuture<String> retried(Task task) {
        return task.blocking(this.dependency);
    }

    @Override
    public CompletableFuture<String> remote(Task task) {
        return task.remote(this.dependency);
    }

    @EnableAsync(proxyTargetClass = true)
    static class Configuration {}
}
