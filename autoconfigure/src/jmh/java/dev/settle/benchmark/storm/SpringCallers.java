package dev.settle.benchmark.storm;

import dev.settle.benchmark.process.Applications;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;

final class SpringCallers {

    private SpringCallers() {}

    static Caller annotated(long backoff) {
        return Applications.start(List.of(Service.class), "backoff=" + backoff).getBean(Service.class);
    }

    @EnableResilientMethods(proxyTargetClass = true)
    static class Service implements Caller {

        @Override
        @Retryable(maxRetries = 2, delayString = "${backoff}")
        public CompletableFuture<String> call(Flaky work) {
            return work.get();
        }
    }
}
