package dev.settle.benchmark.storm;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.time.Duration;

final class FailsafeCallers {

    private FailsafeCallers() {}

    static Caller byHand(long backoff) {
        FailsafeExecutor<String> executor = Failsafe.with(RetryPolicy.<String>builder()
                .withMaxRetries(2)
                .withDelay(Duration.ofMillis(backoff))
                .build());
        return work -> executor.getStageAsync(work::get);
    }
}
