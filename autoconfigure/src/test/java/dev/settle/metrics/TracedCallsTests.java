package dev.settle.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.Results;
import dev.settle.metrics.ObservedApp.Prices;
import dev.settle.test.VirtualTime;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.test.simple.SimpleSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.AopTestUtils;
import reactor.core.publisher.Mono;

/** A call that is retried makes one trace: a span for the call, and in it one for each attempt. */
class TracedCallsTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final ObservedApp app = new ObservedApp();

    private void assertTrace(String method, SimpleSpan caller) {
        SimpleSpan call = this.app.span("prices." + method);
        List<SimpleSpan> attempts = this.app.named("prices." + method + " attempt");
        assertThat(call.context().parentId()).isEqualTo(caller.context().spanId());
        assertThat(call.getTags()).containsEntry("name", "prices." + method).containsEntry("outcome", "success");
        assertThat(attempts).hasSize(3).allSatisfy(attempt -> {
            assertThat(attempt.context().traceId()).isEqualTo(caller.context().traceId());
            assertThat(attempt.context().parentId()).isEqualTo(call.context().spanId());
        });
        assertThat(attempts).extracting(span -> span.getTags().get("attempt")).containsExactly("1", "2", "3");
        assertThat(attempts)
                .extracting(span -> span.getTags().get("outcome"))
                .containsExactly("failure", "failure", "success");
        assertThat(attempts).extracting(span -> span.getError() != null).containsExactly(true, true, false);
    }

    private void assertQueriesAreInTheirAttempts(String method) {
        List<SimpleSpan> attempts = this.app.named("prices." + method + " attempt");
        assertThat(this.app.named("query"))
                .extracting(query -> query.context().parentId())
                .containsExactlyElementsOf(
                        attempts.stream().map(span -> span.context().spanId()).toList());
    }

    /** The current observation is as before, also after a call. */
    private void request(Runnable request) {
        Observation caller = Observation.start("request", this.app.registry());
        try (Observation.Scope scope = caller.openScope()) {
            request.run();
            assertThat(this.app.registry().getCurrentObservationScope()).isSameAs(scope);
        }
        caller.stop();
        assertThat(this.app.registry().getCurrentObservationScope()).isNull();
    }

    @Test
    void aSynchronousMethod() {
        this.app
                .runner()
                .run(context -> request(
                        () -> assertThat(context.getBean(Prices.class).value()).isEqualTo("7.30")));

        assertTrace("value", this.app.span("request"));
        assertQueriesAreInTheirAttempts("value");
    }

    @Test
    void aFutureWhoseAttemptsAreOnATimersThread() {
        this.app.runner(this.time).run(context -> {
            List<CompletableFuture<String>> made = new ArrayList<>();
            request(() -> made.add(context.getBean(Prices.class).future()));
            this.time.advance(SECOND);
            this.time.advance(SECOND);

            assertThat(made.get(0)).isCompletedWithValue("7.30");
            assertThat(this.app.registry().getCurrentObservationScope()).isNull();
        });

        assertTrace("future", this.app.span("request"));
        assertQueriesAreInTheirAttempts("future");
    }

    @Test
    void aMonoInTheContextOfItsSubscriber() {
        Observation caller = Observation.start("request", this.app.registry());
        this.app.runner().run(context -> {
            Mono<String> price = context.getBean(Prices.class).mono();

            CompletableFuture<String> value = price.contextWrite(
                            written -> written.put("micrometer.observation", caller))
                    .toFuture();

            assertThat(Results.await(value)).isEqualTo("7.30");
            assertThat(AopTestUtils.<Prices>getUltimateTargetObject(context.getBean(Prices.class))
                            .seen())
                    .containsExactly("settle.attempt", "settle.attempt", "settle.attempt");
        });
        caller.stop();

        assertTrace("mono", this.app.span("request"));
        assertThat(this.app.registry().getCurrentObservationScope()).isNull();
    }

    @Test
    void theMethodSeesItsAttempt() {
        this.app.runner().run(context -> {
            context.getBean(Prices.class).value();

            assertThat(AopTestUtils.<Prices>getUltimateTargetObject(context.getBean(Prices.class))
                            .seen())
                    .containsExactly("settle.attempt", "settle.attempt", "settle.attempt");
        });
    }
}
