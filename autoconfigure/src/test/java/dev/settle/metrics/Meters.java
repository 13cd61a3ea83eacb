package dev.settle.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What Settle's meters in a registry say: a number each, under their names and tags. */
final class Meters {

    private Meters() {}

    /** All of them: for a timer, how often. */
    static Map<String, Long> all(MeterRegistry registry) {
        Map<String, Long> values = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            if (meter.getId().getName().startsWith("settle.")) {
                values.put(id(meter), value(meter));
            }
        }
        return values;
    }

    /** Those that are not zero. */
    static Map<String, Long> counted(MeterRegistry registry) {
        Map<String, Long> values = all(registry);
        values.values().removeIf(value -> value == 0);
        return values;
    }

    /** The time that a timer has counted in all. */
    static Duration time(MeterRegistry registry, String meter, String... tags) {
        Timer timer = registry.get(meter).tags(tags).timer();
        return Duration.ofNanos((long) timer.totalTime(TimeUnit.NANOSECONDS));
    }

    private static String id(Meter meter) {
        return meter.getId().getName()
                + meter.getId().getTags().stream().map(Tag::getValue).collect(Collectors.joining(" ", " ", ""));
    }

    private static long value(Meter meter) {
        return StreamSupport.stream(meter.measure().spliterator(), false)
                .filter(each -> each.getStatistic() == Statistic.COUNT || each.getStatistic() == Statistic.VALUE)
                .mapToLong(each -> (long) each.getValue())
                .findFirst()
                .orElseThrow();
    }
}
