package dev.settle.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Makes meters that have some tags in common, each with its description. */
record MeterMaker(MeterRegistry registry, Tags tags) {

    Counter counter(String meter, Tags more) {
        return Counter.builder(meter)
                .description(Descriptions.of(meter))
                .tags(this.tags.and(more))
                .register(this.registry);
    }

    /** One that somebody else counts. */
    <T> void counter(String meter, Tags more, T counting, ToDoubleFunction<T> count) {
        FunctionCounter.builder(meter, counting, count)
                .description(Descriptions.of(meter))
                .tags(this.tags.and(more))
                .register(this.registry);
    }

    Timer timer(String meter, Tags more) {
        return Timer.builder(meter)
                .description(Descriptions.of(meter))
                .tags(this.tags.and(more))
                .register(this.registry);
    }

    /** The registry keeps what is asked for the value. */
    void gauge(String meter, Tags more, Supplier<Number> value) {
        Gauge.builder(meter, value)
                .description(Descriptions.of(meter))
                .tags(this.tags.and(more))
                .register(this.registry);
    }
}
