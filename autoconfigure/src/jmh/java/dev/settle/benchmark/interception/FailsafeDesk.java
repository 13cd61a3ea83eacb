package dev.settle.benchmark.interception;

import dev.failsafe.Bulkhead;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Policy;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The same by Failsafe, which has no annotations: by hand, without a proxy, which would come on top. */
final class FailsafeDesk extends Desk {

    private final FailsafeExecutor<Object> executor;

    private FailsafeDesk(List<Policy<Object>> policies) {
        this.executor = Failsafe.with(policies);
    }

    static Desk retried() {
        return new FailsafeDesk(List.of(retry()));
    }

    static Desk limited() {
        return new FailsafeDesk(List.of(Bulkhead.of(64)));
    }

    static Desk timed() {
        return new FailsafeDesk(List.of(Timeout.of(Duration.ofSeconds(30))));
    }

    static Desk all() {
        return new FailsafeDesk(List.of(retry(), Timeout.of(Duration.ofSeconds(30)), Bulkhead.of(64)));
    }

    private static Policy<Object> retry() {
        return RetryPolicy.builder()
                .withMaxRetries(3)
                .withDelay(Duration.ofMillis(1))
                .build();
    }

    @Override
    public String sync(String id) {
        return this.executor.get(() -> super.sync(id));
    }

    @Override
    public CompletableFuture<String> completed(String id) {
        return this.executor.getStageAsync(() -> super.completed(id));
    }

    @Override
    public CompletableFuture<String> pending(CompletableFuture<String> later) {
        return this.executor.getStageAsync(() -> super.pending(later));
    }

    @Override
    public CompletableFuture<String> proof(Supplier<CompletableFuture<String>> body) {
        return this.executor.getStageAsync(() -> super.proof(body));
    }
}
