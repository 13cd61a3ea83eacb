package dev.settle.benchmark.storm;

import dev.settle.benchmark.process.Applications;
import io.github.resilience4j.retry.annotation.Retry;
import java.util.List;
import java.util.concurrent.CompletableFuture;

final class Resilience4jCallers {

    private Resilience4jCallers() {}

    static Caller annotated(long backoff) {
        return Applications.start(
                        List.of(Service.class),
                        "resilience4j.retry.instances.storm.max-attempts=3",
                        "resilience4j.retry.instances.storm.wait-duration=" + backoff + "ms")
                .getBean(Service.class);
    }

    static class Service implements Caller {

        @Override
        @Retry(name = "storm")
        public CompletableFuture<String> call(Flaky work) {
            return work.get();
        }
    }
}
