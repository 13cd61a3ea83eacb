package dev.settle.policy.throttle;

import dev.settle.core.SharedRun;
import dev.settle.time.TimeSource;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** What a throttle keeps for one key: one object, because there may be very many. */
final class Rate extends RateLine {

    private static final AtomicReferenceFieldUpdater<Rate, @Nullable SharedRun> TRAILING =
            AtomicReferenceFieldUpdater.newUpdater(Rate.class, SharedRun.class, "trailing");

    private volatile @Nullable SharedRun trailing;

    /** Whether {@link RecentKeys} keeps it. Guarded by that. */
    boolean kept;

    Rate(ThrottleSettings settings, TimeSource time) {
        super(settings, settings.pace(), time);
    }

    /** The run that gathers callers until it may start. */
    @Nullable
    SharedRun trailing() {
        return this.trailing;
    }

    /** Another run gathers callers from now on, or none; false when that is not the one that does now. */
    boolean trailing(@Nullable SharedRun now, @Nullable SharedRun next) {
        return TRAILING.compareAndSet(this, now, next);
    }
}
