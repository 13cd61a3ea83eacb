package dev.settle.benchmark.storm;

import dev.settle.benchmark.process.Applications;
import java.time.Duration;
import java.util.List;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

final class ReactorCallers {

    private ReactorCallers() {}

    static Caller byHand(long backoff) {
        Retry retry = Retry.fixedDelay(2, Duration.ofMillis(backoff));
        return work -> Mono.fromFuture(work).retryWhen(retry).toFuture();
    }

    static Caller spring(long backoff) {
        Service service =
                Applications.start(List.of(Service.class), "backoff=" + backoff).getBean(Service.class);
        return work -> service.call(work).toFuture();
    }

    @EnableResilientMethods(proxyTargetClass = true)
    static class Service {

        @Retryable(maxRetries = 2, delayString = "${backoff}")
        Mono<String> call(Flaky work) {
            return Mono.fromFuture(work);
        }
    }
}
