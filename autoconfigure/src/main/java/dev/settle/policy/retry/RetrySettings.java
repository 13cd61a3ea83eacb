package dev.settle.policy.retry;

import static dev.settle.core.InvalidSettingException.check;

import dev.settle.annotation.Retry.Jitter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a retry.
 *
 * @param maxRetries attempts after the first
 * @param delay the first delay
 * @param multiplier what each delay is multiplied with for the next
 * @param maxDelay the longest delay
 * @param jitter how delays are spread
 * @param maxDuration the longest time from the first attempt on, or null
 * @param includes what is retried; empty for all
 * @param excludes what is not
 * @param budget the name of a shared budget, or empty
 */
public record RetrySettings(
        int maxRetries,
        Duration delay,
        double multiplier,
        Duration maxDelay,
        Jitter jitter,
        @Nullable Duration maxDuration,
        List<Class<? extends Throwable>> includes,
        List<Class<? extends Throwable>> excludes,
        String budget) {

    /** Checks the settings. */
    public RetrySettings {
        includes = List.copyOf(includes);
        excludes = List.copyOf(excludes);
        check(maxRetries >= 0, "maxRetries", maxRetries + " is negative", "use 0 for no retries");
        check(!delay.isNegative(), "delay", delay + " is negative", "use \"0s\" for no delay");
        check(
                multiplier >= 1 && multiplier < Double.POSITIVE_INFINITY,
                "multiplier",
                multiplier + " would shorten the delays",
                "use 1.0 for equal delays, more for longer ones");
        check(
                maxDelay.compareTo(delay) >= 0,
                "maxDelay",
                maxDelay + " is shorter than the first delay of " + delay,
                "use a longer maxDelay or a shorter delay");
        check(
                maxDuration == null || maxDuration.compareTo(delay) > 0,
                "maxDuration",
                maxDuration + " leaves no time for a retry after the delay of " + delay,
                "use a longer maxDuration, or maxRetries = 0");
    }
}
