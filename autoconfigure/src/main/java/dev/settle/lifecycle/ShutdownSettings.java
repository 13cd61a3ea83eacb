package dev.settle.lifecycle;

import dev.settle.core.InvalidSettingException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an application shuts down.
 *
 * @param delay how long it still serves after readiness has gone down
 * @param totalTimeout how long the whole shutdown may take, or null
 * @param phaseTimeout how long Spring waits for a phase
 * @param phaseTimeouts how long certain phases may take instead
 * @param drainOnStop whether {@code stop()} of the context refuses new work until {@code start()}
 */
public record ShutdownSettings(
        Duration delay,
        @Nullable Duration totalTimeout,
        Duration phaseTimeout,
        Map<Integer, Duration> phaseTimeouts,
        boolean drainOnStop) {

    private static final Duration MARGIN = Duration.ofMillis(500);

    /** Checks the settings. */
    public ShutdownSettings {
        phaseTimeouts = Map.copyOf(phaseTimeouts);
        check(!delay.isNegative(), "settle.shutdown.delay", delay, "must not be negative");
        check(totalTimeout == null || isPositive(totalTimeout), "settle.shutdown.total-timeout", totalTimeout);
        check(
                totalTimeout == null || delay.compareTo(totalTimeout) < 0,
                "settle.shutdown.delay",
                delay,
                "must be shorter than settle.shutdown.total-timeout (" + totalTimeout + ")");
        phaseTimeouts.forEach(
                (phase, limit) -> check(isPositive(limit), "settle.shutdown.phase-timeouts." + phase, limit));
    }

    private static boolean isPositive(Duration limit) {
        return !limit.isZero() && !limit.isNegative();
    }

    private static void check(boolean condition, String property, @Nullable Duration value) {
        check(condition, property, value, "must be positive");
    }

    private static void check(boolean condition, String property, @Nullable Duration value, String rule) {
        if (!condition) {
            throw new InvalidSettingException(property, value + " " + rule, "write a duration such as 5s");
        }
    }

    /** How long a phase may take: a little less than Spring waits for it, so that Settle's report comes first. */
    Duration limit(int phase) {
        Duration own = this.phaseTimeouts.get(phase);
        return (own != null) ? own : lessMargin(this.phaseTimeout);
    }

    /** How long Spring must wait for a phase, so that Settle's own limit comes first. */
    Duration springTimeout(int phase) {
        Duration own = this.phaseTimeouts.get(phase);
        return (own == null || own.plus(MARGIN).compareTo(this.phaseTimeout) < 0)
                ? this.phaseTimeout
                : own.plus(MARGIN);
    }

    static Duration lessMargin(Duration limit) {
        Duration tenth = limit.dividedBy(10);
        return limit.minus((tenth.compareTo(MARGIN) < 0) ? tenth : MARGIN);
    }
}
