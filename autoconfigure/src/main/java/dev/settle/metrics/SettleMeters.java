package dev.settle.metrics;

/**
 * Every meter of Settle, with its type, unit, tags and meaning: this is the reference.
 *
 * <p>The meters of a method are there, with zeros, as soon as its bean is, and the methods that share a name share them. Of
 * its policies, also those that are switched off count, because they may be switched on. Values of tags are names of
 * policies and of methods, and words of fixed sets; never keys or arguments. A call that is made before all singletons of
 * the application exist is not counted.
 */
public final class SettleMeters {

    /**
     * Calls that have ended, from the call to the outcome that its caller gets, all attempts and waits included. Timer;
     * {@link #NAME}, {@link #OUTCOME} ({@code success}, {@code failure}, {@code timeout}, {@code rejected}, {@code superseded},
     * {@code cancelled}, {@code aborted}). A reactive method has a call for each subscription.
     */
    public static final String CALLS = "settle.calls";

    /**
     * Attempts that have ended: each run of a method, also those that the call has given up before. Counter; {@link #NAME},
     * {@link #OUTCOME} ({@code success}, {@code failure}). Refused calls have none, callers who share a run have one.
     */
    public static final String ATTEMPTS = "settle.attempts";

    /**
     * What retries have made of failed attempts. Counter; {@link #NAME}, {@link #RESULT} ({@code retrying}: there is another
     * attempt; {@code exhausted}: it was the last there may be; {@code budget_spent}: the budget has no retry left).
     */
    public static final String RETRIES = "settle.retries";

    /**
     * Calls that wait now. Gauge; {@link #NAME}, {@link #POLICY}: debounce (for the pause, or for the run that others have
     * begun), throttle, exclusive, bulkhead, retry (for the next attempt). Of callers who share a run, the one with whose arguments
     * it goes on waits for it; when that one has left, the waits of the run count no longer.
     */
    public static final String WAITING = "settle.waiting";

    /**
     * What is inside a policy now: attempts that go on, and calls that wait for policies further in. Work that its call has
     * given up counts until it ends, because it still has its permit. Attempts count for every policy that goes by the
     * name, also where another method of the same name has it; waits do not count when they are not in {@link #WAITING}.
     * Gauge; {@link #NAME}, {@link #POLICY}.
     */
    public static final String RUNNING = "settle.running";

    /**
     * How long calls have waited: each wait by itself, however it ended. Timer; {@link #NAME}, {@link #POLICY} as for
     * {@link #WAITING}. Who has not had to wait is not counted; who finds the line full has waited for no time at all.
     */
    public static final String WAIT = "settle.wait";

    /**
     * Refusals, also those that a retry has made good. Counter; {@link #NAME}, {@link #POLICY} (also {@link #SHUTDOWN}: the
     * application takes no calls), {@link #REASON} ({@code queue_full}, {@code wait_exceeded}, {@code rate}, {@code conflict},
     * {@code closed}, {@code keys}, {@code engine}).
     */
    public static final String REJECTIONS = "settle.rejections";

    /** Limits that were exceeded. Counter; {@link #NAME}, {@link #SCOPE} ({@code attempt}, {@code total}). */
    public static final String TIMEOUTS = "settle.timeouts";

    /**
     * Attempts that have ended after their call had given them up, for whatever reason. Counter; {@link #NAME}. What ends as
     * soon as it is cancelled is not late; nor is a method that its caller's own thread had to see to its end.
     */
    public static final String LATE = "settle.late";

    /** Calls that have joined others before a debounced run. Counter; {@link #NAME}. */
    public static final String COALESCED = "settle.debounce.coalesced";

    /** Calls that have joined others before a throttled run. Counter; {@link #NAME}. */
    public static final String SHARED = "settle.throttle.shared";

    /** Calls that have joined one that was going on. Counter; {@link #NAME}. */
    public static final String JOINED = "settle.exclusive.joined";

    /** Calls that a later one has aborted to take their place. Counter; {@link #NAME}. */
    public static final String REPLACED = "settle.exclusive.replaced";

    /** Failed futures that nobody has ever looked at. Counter; {@link #NAME}. */
    public static final String UNOBSERVED = "settle.unobserved";

    /**
     * Cleanups and tracked operations that an abort has settled. Timer; {@link #PHASE} (a number), {@link #OUTCOME}
     * ({@code completed}, {@code failed}, {@code timed_out}, {@code removed}, {@code late}).
     */
    public static final String ABORT = "settle.abort";

    /**
     * What hangs on the signals that live as long as the application: calls that wait, groups, and the application's own
     * listeners. Gauge, no tags. A number that only grows is a leak.
     */
    public static final String SIGNAL_LISTENERS = "settle.signal.listeners";

    /**
     * Whether the engine that instances share does not answer: 1, else 0. Gauge, no tags. As all meters of the cluster, there when
     * a method has the scope {@code CLUSTER}.
     */
    public static final String CLUSTER_AWAY = "settle.cluster.away";

    /** Locks and permits of the cluster that calls of this instance have now. Gauge, no tags. */
    public static final String CLUSTER_LEASES = "settle.cluster.leases";

    /** Locks and permits that were lost while the call went on, whose signal was aborted. Counter, no tags. */
    public static final String CLUSTER_LOST = "settle.cluster.leases.lost";

    /** Questions to the engine that were not answered, or not in time. Counter, no tags. */
    public static final String CLUSTER_FAILURES = "settle.cluster.failures";

    /** Tag: the name of the method's policies. */
    public static final String NAME = "name";

    /** Tag: a policy, as it is called in {@code application.yml}. */
    public static final String POLICY = "policy";

    /** Tag: how something has ended. */
    public static final String OUTCOME = "outcome";

    /** Tag: what became of a failed attempt. */
    public static final String RESULT = "result";

    /** Tag: why a call was refused. */
    public static final String REASON = "reason";

    /** Tag: what a limit was for. */
    public static final String SCOPE = "scope";

    /** Tag: a phase of the shutdown. */
    public static final String PHASE = "phase";

    /** Value of {@link #POLICY} for calls that come when the application takes none. */
    public static final String SHUTDOWN = "shutdown";

    private SettleMeters() {}
}
