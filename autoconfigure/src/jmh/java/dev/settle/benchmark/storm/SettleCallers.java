package dev.settle.benchmark.storm;

import dev.settle.annotation.Retry;
import dev.settle.benchmark.process.Applications;
import dev.settle.policy.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

final class SettleCallers {

    private SettleCallers() {}

    static Caller annotated(long backoff) {
        return Applications.start(List.of(Service.class), "backoff=" + backoff + "ms")
                .getBean(Service.class);
    }

    static Caller byHand(long backoff) {
        RetryPolicy policy = RetryPolicy.times(2)
                .delay(Duration.ofMillis(backoff), Duration.ofMillis(backoff))
                .jitter(Retry.Jitter.NONE)
                .build();
        return work -> policy.call(work::get);
    }

    static class Service implements Caller {

        @Override
        @Retry(maxRetries = 2, delay = "${backoff}", maxDelay = "${backoff}", jitter = Retry.Jitter.NONE)
        public CompletableFuture<String> call(Flaky work) {
            return work.get();
        }
    }
}
