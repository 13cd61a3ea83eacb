package dev.settle.policy.retry;

import dev.settle.annotation.Retry.Jitter;
import dev.settle.core.StepPolicy;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tries again, with backoff, jitter and a time limit. */
public final class RetryPolicy extends StepPolicy {

    private RetryPolicy(RetryStep step) {
        super(step);
    }

    /** Starts a policy with so many attempts after the first; zero is none. */
    public static Builder times(int maxRetries) {
        return new Builder(maxRetries);
    }

    /** Builds a retry policy. */
    public static final class Builder {

        private final int maxRetries;
        private Duration delay = Duration.ofMillis(200);
        private Duration maxDelay = Duration.ofSeconds(10);
        private double multiplier = 2.0;
        private Jitter jitter = Jitter.FULL;
        private @Nullable Duration maxDuration;
        private List<Class<? extends Throwable>> includes = List.of();
        private List<Class<? extends Throwable>> excludes = List.of();
        private @Nullable Predicate<? super Throwable> predicate;
        private @Nullable Predicate<Object> onResult;
        private @Nullable Function<? super Throwable, ?> retryAfter;
        private @Nullable RetryBudget budget;
        private TimeSource time = TimeSource.system();
        private @Nullable DoubleSupplier random;

        private Builder(int maxRetries) {
            this.maxRetries = maxRetries;
        }

        /** The first delay and the longest; default 200 ms and 10 s. */
        public Builder delay(Duration first, Duration max) {
            this.delay = first;
            this.maxDelay = max;
            return this;
        }

        /** What each delay is multiplied with for the next; default 2. */
        public Builder multiplier(double multiplier) {
            this.multiplier = multiplier;
            return this;
        }

        /** How delays are spread; default {@code FULL}. */
        public Builder jitter(Jitter jitter) {
            this.jitter = jitter;
            return this;
        }

        /** The longest time from the first attempt on, delays included; default none. */
        public Builder within(Duration total) {
            this.maxDuration = total;
            return this;
        }

        /** What is retried, causes looked through; default all. */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final Builder includes(Class<? extends Throwable>... types) {
            this.includes = List.of(types);
            return this;
        }

        /** What is not retried, causes looked through; default nothing. */
        @SafeVarargs
        @SuppressWarnings("varargs") // the array is only read
        public final Builder excludes(Class<? extends Throwable>... types) {
            this.excludes = List.of(types);
            return this;
        }

        /** Decides on the failure, after {@code includes} and {@code excludes}. */
        public Builder on(Predicate<? super Throwable> retryable) {
            this.predicate = retryable;
            return this;
        }

        /** Says which values count as failures; it sees every value, null too. */
        public Builder onResult(Predicate<Object> failed) {
            this.onResult = failed;
            return this;
        }

        /** Reads from the failure how long the server wants us to wait; null is no wish. */
        public Builder retryAfter(Function<? super Throwable, @Nullable Duration> wish) {
            this.retryAfter = wish;
            return this;
        }

        /** Shares a budget with others; default none. */
        public Builder budget(RetryBudget budget) {
            this.budget = budget;
            return this;
        }

        /** The clock and timers; default the system's. */
        public Builder time(TimeSource time) {
            this.time = time;
            return this;
        }

        /** Where jitter comes from, numbers from 0 to 1; default {@link TimeSource#random()}. */
        public Builder random(DoubleSupplier random) {
            this.random = random;
            return this;
        }

        /**
         * Builds the policy.
         *
         * @throws dev.settle.core.InvalidSettingException when settings cannot be, or not together
         */
        public RetryPolicy build() {
            RetrySettings settings = new RetrySettings(
                    this.maxRetries,
                    this.delay,
                    this.multiplier,
                    this.maxDelay,
                    this.jitter,
                    this.maxDuration,
                    this.includes,
                    this.excludes,
                    "");
            RetryBinding.Bound bound = new RetryBinding.Bound(settings, this.predicate, this.onResult, this.retryAfter);
            RetryBudget shared = this.budget;
            TimeSource clock = this.time;
            DoubleSupplier jitters = (this.random == null) ? clock::random : this.random;
            return new RetryPolicy(new RetryStep(bound, other -> RetryRules.of(other, shared, clock, jitters)));
        }
    }
}
