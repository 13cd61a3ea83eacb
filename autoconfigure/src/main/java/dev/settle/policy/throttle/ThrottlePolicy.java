package dev.settle.policy.throttle;

import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import dev.settle.core.KeySettings;
import dev.settle.core.StepPolicy;
import dev.settle.core.WaitBounds;
import dev.settle.time.TimeSource;
import java.time.Duration;

/** Lets so many calls start per window; the rest wait their turn, without holding a thread. */
public final class ThrottlePolicy extends StepPolicy {

    private ThrottlePolicy(ThrottleStep step) {
        super(step);
    }

    /** No window of this length, wherever it begins, ever sees more starts than the limit. */
    public static Builder sliding(int limit, Duration window) {
        return new Builder(limit, window, Throttle.Type.SLIDING, 1);
    }

    /** Starts are spaced evenly, {@code window / limit} apart, with a burst on top after a pause. */
    public static Builder smooth(int limit, Duration window, int burst) {
        return new Builder(limit, window, Throttle.Type.SMOOTH, burst);
    }

    /** Builds a throttle. */
    public static final class Builder {

        private final int limit;
        private final Duration window;
        private final Throttle.Type type;
        private final int burst;
        private Throttle.Excess excess = Throttle.Excess.WAIT;
        private Duration maxWait = WaitBounds.DEFAULT.maxWait();
        private int queueCapacity = WaitBounds.DEFAULT.queueCapacity();
        private TimeSource time = TimeSource.system();

        private Builder(int limit, Duration window, Throttle.Type type, int burst) {
            this.limit = limit;
            this.window = window;
            this.type = type;
            this.burst = burst;
        }

        /** The longest wait; default 30 s. A call that would have to wait longer is refused at once. */
        public Builder maxWait(Duration maxWait) {
            this.maxWait = maxWait;
            return this;
        }

        /** How many may wait; default 1,000. */
        public Builder queueCapacity(int queueCapacity) {
            this.queueCapacity = queueCapacity;
            return this;
        }

        /** What becomes of the calls beyond the limit; default {@code WAIT}. */
        public Builder excess(Throttle.Excess excess) {
            this.excess = excess;
            return this;
        }

        /** The clock and timers; default the system's. */
        public Builder time(TimeSource time) {
            this.time = time;
            return this;
        }

        /**
         * Builds the policy.
         *
         * @throws dev.settle.core.InvalidSettingException when settings cannot be, or not together
         */
        public ThrottlePolicy build() {
            ThrottleSettings settings = new ThrottleSettings(
                    this.limit,
                    this.window,
                    this.type,
                    this.burst,
                    this.excess,
                    new WaitBounds(this.maxWait, this.queueCapacity),
                    KeySettings.NONE,
                    Scope.LOCAL);
            return new ThrottlePolicy(new ThrottleStep(settings, this.time));
        }
    }
}
