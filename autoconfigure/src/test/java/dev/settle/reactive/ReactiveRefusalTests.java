package dev.settle.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.GroupedFlux;
import reactor.core.publisher.Mono;

/** What cannot be followed, or makes no sense for a stream, stops the application and says what to do. */
class ReactiveRefusalTests {

    private static FailureAnalysis starting(Class<?> type) {
        return Startup.analysis(Startup.runner().withBean("rates", type));
    }

    static class Connectable {
        @Timeout("1s")
        public ConnectableFlux<String> find() {
            return Flux.just("a").publish();
        }
    }

    static class Grouped {
        @Timeout("1s")
        public GroupedFlux<String, String> find() {
            throw new IllegalStateException();
        }
    }

    static class OwnFuture<T> extends CompletableFuture<T> {}

    static class Own {
        @Timeout("1s")
        public OwnFuture<String> find() {
            return new OwnFuture<>();
        }
    }

    static class GoesOn {
        @Timeout(value = "1s", cancel = false)
        public Flux<String> find() {
            return Flux.never();
        }
    }

    static class GoesOnOnce {
        @Timeout(value = "1s", cancel = false)
        public Mono<String> find() {
            return Mono.never();
        }
    }

    static class IsEmpty implements Predicate<Object> {
        @Override
        public boolean test(Object value) {
            return value.equals("");
        }
    }

    static class OnResult {
        @Retry(retryOnResult = IsEmpty.class)
        public Flux<String> find() {
            return Flux.empty();
        }
    }

    @Test
    void aConnectableFluxIsRefusedByName() {
        FailureAnalysis analysis = starting(Connectable.class);

        assertThat(analysis.getDescription()).contains("'rates'", "find()", ConnectableFlux.class.getName());
        assertThat(analysis.getAction()).contains("a Mono, a Flux");
    }

    @Test
    void aGroupedFluxIsRefusedByName() {
        assertThat(starting(Grouped.class).getDescription()).contains("find()", GroupedFlux.class.getName());
    }

    @Test
    void aFutureOfOnesOwnIsRefusedByName() {
        FailureAnalysis analysis = starting(Own.class);

        assertThat(analysis.getDescription()).contains("find()", OwnFuture.class.getName());
        assertThat(analysis.getAction()).contains("CompletableFuture");
    }

    @Test
    void aStreamCannotGoOnAfterItsTimeout() {
        FailureAnalysis analysis = starting(GoesOn.class);

        assertThat(analysis.getDescription()).contains("'rates'", "find()", "cancel");
        assertThat(analysis.getAction()).containsIgnoringCase("leave cancel at true");
    }

    @Test
    void aMonoMayGoOnAfterItsTimeout() {
        Startup.runner()
                .withBean("rates", GoesOnOnce.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aStreamHasNoSingleResultToRetryOn() {
        FailureAnalysis analysis = starting(OnResult.class);

        assertThat(analysis.getDescription()).contains("'rates'", "find()", "retryOnResult");
        assertThat(analysis.getAction()).containsIgnoringCase("a Mono of a list");
    }
}
