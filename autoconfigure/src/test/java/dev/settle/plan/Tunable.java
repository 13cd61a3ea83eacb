package dev.settle.plan;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.StringUtils;

/**
 * A property of a policy with two values that are not its built-in default.
 *
 * @param said what the annotation of {@link Tuned} says
 * @param other another value
 * @param needs what else has to be set for the other value to be possible: property and value
 */
record Tunable(String policy, String property, String said, String other, String... needs) {

    private static final String FIRST = Tuned.First.class.getName();
    private static final String SECOND = Tuned.Second.class.getName();

    /** All but the scope of those who count together, of which there is one value so far. */
    static Stream<Tunable> all() {
        return Stream.of(
                new Tunable("debounce", "value", "1s", "2s"),
                new Tunable("debounce", "maxWait", "5s", "6s"),
                new Tunable("debounce", "leading", "true", "false", "trailing", "true"),
                new Tunable("debounce", "trailing", "false", "true", "leading", "true"),
                new Tunable("debounce", "superseded", "CANCEL", "SHARE"),
                new Tunable("debounce", "running", "QUEUE", "ABORT"),
                new Tunable("debounce", "onShutdown", "CANCEL", "FLUSH"),
                new Tunable("debounce", "key", "#id", "#p0"),
                new Tunable("debounce", "maxKeys", "5", "6"),
                new Tunable("timeout", "value", "1s", "2s"),
                new Tunable("timeout", "total", "3s", "4s"),
                new Tunable("timeout", "cancel", "false", "true"),
                new Tunable("retry", "maxRetries", "5", "6"),
                new Tunable("retry", "delay", "50ms", "60ms"),
                new Tunable("retry", "multiplier", "3.0", "4.0"),
                new Tunable("retry", "maxDelay", "20s", "30s"),
                new Tunable("retry", "jitter", "NONE", "EQUAL"),
                new Tunable("retry", "maxDuration", "40s", "50s"),
                new Tunable("retry", "includes", "java.io.IOException", "java.lang.IllegalStateException"),
                new Tunable("retry", "excludes", "java.lang.ArithmeticException", "java.lang.ClassCastException"),
                new Tunable("retry", "predicate", FIRST, SECOND),
                new Tunable("retry", "retryOnResult", FIRST, SECOND),
                new Tunable("retry", "retryAfter", FIRST, SECOND),
                new Tunable("retry", "budget", "one", "two"),
                new Tunable("throttle", "limit", "5", "6"),
                new Tunable("throttle", "window", "2s", "3s"),
                new Tunable("throttle", "type", "SMOOTH", "SLIDING", "burst", "1"),
                new Tunable("throttle", "burst", "2", "3", "type", "SMOOTH"),
                new Tunable("throttle", "excess", "REJECT", "SHARE"),
                new Tunable("throttle", "maxWait", "5s", "6s"),
                new Tunable("throttle", "queueCapacity", "5", "6"),
                new Tunable("throttle", "key", "#id", "#p0"),
                new Tunable("throttle", "maxKeys", "5", "6"),
                new Tunable("exclusive", "key", "#id", "#p0"),
                new Tunable("exclusive", "onConflict", "REJECT", "JOIN"),
                new Tunable("exclusive", "maxWait", "5s", "6s"),
                new Tunable("exclusive", "queueCapacity", "5", "6"),
                new Tunable("exclusive", "maxKeys", "5", "6"),
                new Tunable("bulkhead", "value", "4", "6"),
                new Tunable("bulkhead", "maxWait", "5s", "6s"),
                new Tunable("bulkhead", "queueCapacity", "5", "6"),
                new Tunable("bulkhead", "key", "#id", "#p0"),
                new Tunable("bulkhead", "maxKeys", "5", "6"));
    }

    /** Those that an annotation need not say. */
    static Stream<Tunable> optional() {
        return all().filter(tunable -> !tunable.required());
    }

    private boolean required() {
        return this.property.equals("total") || this.property.equals("value");
    }

    /** The method whose annotation says nothing that need not be. */
    String bare() {
        return "tuned.bare" + StringUtils.capitalize(this.policy);
    }

    /** The method whose annotation says everything. */
    String full() {
        return "tuned.said" + StringUtils.capitalize(this.policy);
    }

    String general(String value) {
        return "settle.defaults." + key() + "=" + value;
    }

    String named(String method, String value) {
        return "settle.policies." + method + "." + key() + "=" + value;
    }

    /** What the other value needs, for a name. */
    List<String> needs(String method) {
        return (this.needs.length == 0)
                ? List.of()
                : List.of("settle.policies.%s.%s.%s=%s"
                        .formatted(method, this.policy, Vocabulary.dashed(this.needs[0]), this.needs[1]));
    }

    String key() {
        return this.policy + "." + Vocabulary.dashed(this.property);
    }

    @Override
    public String toString() {
        return key();
    }
}
