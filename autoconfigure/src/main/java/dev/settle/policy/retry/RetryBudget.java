package dev.settle.policy.retry;

import static dev.settle.core.InvalidSettingException.check;

import dev.settle.time.TimeSource;
import java.time.Duration;

/** Limits retries to a share of the calls, over all methods that share it. Thread-safe. */
public interface RetryBudget {

    /** A call has been made. */
    void deposit();

    /** Takes one retry, if the budget has one left. */
    boolean tryWithdraw();

    /** A budget of a fifth of the calls, and ten retries a second, over the last ten seconds. */
    static RetryBudget create() {
        return of(Settings.DEFAULT, TimeSource.system());
    }

    /** A budget over a sliding time, as in Finagle. */
    static RetryBudget of(Settings settings, TimeSource time) {
        return new SlidingBudget(settings, time);
    }

    /**
     * Settings of a budget.
     *
     * @param ratio retries per call; between 0 and 1000
     * @param minPerSecond retries a second that are always allowed, so that few calls can be retried too
     * @param ttl how long a call counts; between 1 s and 60 s
     */
    record Settings(double ratio, int minPerSecond, Duration ttl) {

        /** What a budget is when nothing is set. */
        public static final Settings DEFAULT = new Settings(0.2, 10, Duration.ofSeconds(10));

        /** Checks the settings. */
        public Settings {
            check(
                    ratio >= 0 && ratio <= 1000,
                    "ratio",
                    ratio + " is not between 0 and 1000",
                    "use 0.2 for one retry for five calls");
            check(
                    minPerSecond >= 0,
                    "min-per-second",
                    minPerSecond + " is negative",
                    "use 0 for no retries but those that calls have earned");
            check(
                    ttl.compareTo(Duration.ofSeconds(1)) >= 0 && ttl.compareTo(Duration.ofSeconds(60)) <= 0,
                    "ttl",
                    ttl + " is not between 1 s and 60 s",
                    "use a duration such as \"10s\"");
        }
    }
}
