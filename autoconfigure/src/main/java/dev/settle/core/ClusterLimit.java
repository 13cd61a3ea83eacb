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
 * @param busy why a call is refused that would have to wait and may not
 * @param keys what there is a limit for
 */
public record ClusterLimit(
        String policy, Kind kind, int limit, Duration window, WaitBounds bounds, Reason busy, KeySettings keys) {

    /** Nobody waits for the engine to have room; for those of the same instance who ask it before, everybody does. */
    private static final WaitBounds AT_ONCE = new WaitBounds(Duration.ZERO, Integer.MAX_VALUE);

    /** What may be limited. */
    public enum Kind {
        /** One call runs at a time. */
        LOCK,
        /** So many calls run at once. */
        PERMITS,
        /** So many calls start in each window of time. */
        RATE
    }

    /** One call at a time; one that finds another is refused. */
    public static ClusterLimit lock(String policy, KeySettings keys) {
        return new ClusterLimit(policy, Kind.LOCK, 1, Duration.ZERO, AT_ONCE, Reason.CONFLICT, keys);
    }

    /** One call at a time; others wait. */
    public static ClusterLimit lock(String policy, WaitBounds bounds, KeySettings keys) {
        return new ClusterLimit(policy, Kind.LOCK, 1, Duration.ZERO, forAll(bounds), busy(bounds), keys);
    }

    /** So many calls at once; others wait. */
    public static ClusterLimit permits(String policy, int limit, WaitBounds bounds, KeySettings keys) {
        return new ClusterLimit(policy, Kind.PERMITS, limit, Duration.ZERO, forAll(bounds), busy(bounds), keys);
    }

    /** So many starts in a window of time; others are refused. */
    public static ClusterLimit rate(String policy, int limit, Duration window, KeySettings keys) {
        return new ClusterLimit(policy, Kind.RATE, limit, window, AT_ONCE, Reason.RATE, keys);
    }

    /** So many starts in a window of time; others wait, and there is no line but that before the engine. */
    public static ClusterLimit rate(String policy, int limit, Duration window, WaitBounds bounds, KeySettings keys) {
        WaitBounds waits = waits(bounds) ? bounds : AT_ONCE;
        return new ClusterLimit(policy, Kind.RATE, limit, window, waits, busy(bounds), keys);
    }

    private static boolean waits(WaitBounds bounds) {
        return bounds.queueCapacity() > 0 && !bounds.maxWait().isZero();
    }

    /** The line of the instance has let in who asks the engine. */
    private static WaitBounds forAll(WaitBounds bounds) {
        return waits(bounds) ? new WaitBounds(bounds.maxWait(), Integer.MAX_VALUE) : AT_ONCE;
    }

    private static Reason busy(WaitBounds bounds) {
        return (bounds.queueCapacity() == 0) ? Reason.QUEUE_FULL : Reason.WAIT_EXCEEDED;
    }

    /** Whether a call may wait at the engine. */
    public boolean waits() {
        return !this.bounds.maxWait().isZero();
    }
}
