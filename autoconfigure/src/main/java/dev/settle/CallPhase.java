package dev.settle;

import java.util.Locale;

/** What a call is doing. */
public enum CallPhase {
    /** Waiting for the pause that {@code @Debounce} waits for, or for the run that it shares. */
    WAITING_DEBOUNCE,
    /** Waiting for its turn in a throttle. */
    WAITING_THROTTLE,
    /** Waiting for the lock of {@code @Exclusive}. */
    WAITING_EXCLUSIVE,
    /** Waiting for a permit of {@code @Bulkhead}. */
    WAITING_BULKHEAD,
    /** Waiting for the next attempt of {@code @Retry}. */
    WAITING_RETRY,
    /** The method runs, or the future that it returned is pending. */
    RUNNING;

    /** The word for it in metrics and endpoints: the policy that is waited for, or {@code running}. */
    public String word() {
        return name().substring(name().lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
    }
}
