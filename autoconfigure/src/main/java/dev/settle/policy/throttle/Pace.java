package dev.settle.policy.throttle;

/**
 * When calls may start. A start is first promised and then either happens or is withdrawn, because the thread that is to
 * start the call may need a while to get there; and it counts from when it happens. Not thread-safe: guarded by its line.
 */
interface Pace {

    /** The next start depends on one that is promised and has not happened yet. */
    long UNKNOWN = Long.MAX_VALUE;

    /** Nanoseconds from now until one more may start, {@link #UNKNOWN} until a promised one has. */
    long delay(long now);

    /** About how many nanoseconds it is from now until one more may start when so many others start before it. */
    long estimate(long now, int before);

    /** One more is going to start. */
    void promise();

    /** One that was promised starts now. */
    void started(long now);

    /** One that was promised will not start. */
    void withdrawn();

    /**
     * The pace that goes on from here with other settings: what counts now and what is promised counts
     * there too.
     */
    Pace tuned(ThrottleSettings settings, long now);

    /** Nanoseconds from now until what has started makes no difference any more. */
    long memory(long now);
}
