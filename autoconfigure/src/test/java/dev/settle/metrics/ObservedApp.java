package dev.settle.metrics;

import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.SettleObservationAutoConfiguration;
import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;

/** An application whose calls are traced. */
final class ObservedApp {

    private final SimpleTracer tracer = new SimpleTracer();
    private final ObservationRegistry registry = ObservationRegistry.create();

    ObservedApp() {
        this.registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(this.tracer));
    }

    ApplicationContextRunner runner(VirtualTime time) {
        return on(Startup.runner(time));
    }

    ApplicationContextRunner runner() {
        return on(Startup.runner());
    }

    private ApplicationContextRunner on(ApplicationContextRunner runner) {
        return runner.withConfiguration(AutoConfigurations.of(SettleObservationAutoConfiguration.class))
                .withBean(ObservationRegistry.class, () -> this.registry)
                .withBean("prices", Prices.class, () -> new Prices(this.registry));
    }

    ObservationRegistry registry() {
        return this.registry;
    }

    /** The spans that have ended, in the order in which they began. */
    List<SimpleSpan> spans() {
        return new ArrayList<>(this.tracer.getSpans());
    }

    SimpleSpan span(String name) {
        return spans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " among " + spans()));
    }

    List<SimpleSpan> named(String name) {
        return spans().stream().filter(span -> span.getName().equals(name)).toList();
    }

    /** Fails twice, and then has a price. */
    static class Prices {

        private final ObservationRegistry registry;
        private final List<String> seen = new CopyOnWriteArrayList<>();

        Prices(ObservationRegistry registry) {
            this.registry = registry;
        }

        /** The observation that each attempt was in. */
        List<String> seen() {
            return this.seen;
        }

        private boolean fails() {
            Observation current = this.registry.getCurrentObservation();
            this.seen.add((current == null) ? "none" : current.getContext().getName());
            Observation.createNotStarted("query", this.registry).observe(() -> {});
            return this.seen.size() < 3;
        }

        @Retry(delay = "1ms")
        public String value() {
            if (fails()) {
                throw new IllegalStateException("reset");
            }
            return "7.30";
        }

        @Retry(delay = "1s", jitter = Retry.Jitter.NONE, multiplier = 1)
        public CompletableFuture<String> future() {
            return fails()
                    ? CompletableFuture.failedFuture(new IllegalStateException("reset"))
                    : CompletableFuture.completedFuture("7.30");
        }

        @Retry(delay = "1ms")
        public Mono<String> mono() {
            return Mono.deferContextual(context -> {
                Observation carried = context.getOrDefault("micrometer.observation", null);
                this.seen.add(
                        (carried == null)
                                ? "nothing carried"
                                : carried.getContext().getName());
                return (this.seen.size() < 3) ? Mono.error(new IllegalStateException("reset")) : Mono.just("7.30");
            });
        }
    }
}
