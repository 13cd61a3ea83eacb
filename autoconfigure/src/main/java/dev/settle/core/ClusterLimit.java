package dev.settle.core;

import dev.settle.CallRejectedException.Reason;
import java.time.Duration;

/**
 * What holds for all instances of an application together.
 *
 * @param policy the policy, as it is called in {@code application.yml}
 * @param kind what is limited
 * @param limit how many run at once, or start in a window
 * @param window the window of a rate; zero for others
 * @param bounds the longest wait, from when the call came to the policy; zero: a call that would have to wait is refused. And
 *     how many of an instance may wait at the engine
 * @param busy why a call is refused that may not wait
 * @param keys what there is a limit for
 */
public record ClusterLimit(
        String policy, Kind kind, int limit, Duration window, WaitBounds bounds, Reason busy, KeySettings keys) {

    /** What may be limited. */
    public enum Kind {
        /** One call runs at a time. */
        LOCK,
        /** So many calls run at once. */
        PERMITS,
        /** So many calls start in each window of time. */
        RATE
    }

    /** One call at a time. */
    public static ClusterLimit lock(String policy, Duration maxWait, Reason busy, KeySettings keys) {
        return new ClusterLimit(policy, Kind.LOCK, 1, Duration.ZERO, all(maxWait), busy, keys);
    }

    /** So many calls at once. */
    public static ClusterLimit permits(String policy, int limit, Duration maxWait, KeySettings keys) {
        return new ClusterLimit(policy, Kind.PERMITS, limit, Duration.ZERO, all(maxWait), Reason.QUEUE_FULL, keys);
    }

    /**
     * So many starts in a window of time. The rate of an instance lets as many start as that of all, so its line alone does not
     * bound how many wait.
     */
    public static ClusterLimit rate(String policy, int limit, Duration window, WaitBounds bounds, KeySettings keys) {
        return new ClusterLimit(policy, Kind.RATE, limit, window, bounds, Reason.RATE, keys);
    }

    /** Everybody for that long. */
    public static WaitBounds all(Duration maxWait) {
        return new WaitBounds(maxWait, Integer.MAX_VALUE);
    }
}
