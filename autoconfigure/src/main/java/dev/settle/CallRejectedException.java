package dev.settle;

import dev.settle.time.Nanos;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A call was refused before its method ran. The key is an accessor and never part of the message. */
public class CallRejectedException extends RejectedExecutionException {

    private static final long serialVersionUID = 1L;

    /** Why calls are refused. */
    public enum Reason {
        /** The line is full. */
        QUEUE_FULL,
        /** The wait was, or would have been, too long. */
        WAIT_EXCEEDED,
        /** The rate is used up. */
        RATE,
        /** Another call has the lock. */
        CONFLICT,
        /** The application is draining or stopping. */
        CLOSED,
        /** There are too many keys. */
        KEYS,
        /** The cluster's engine is away. */
        ENGINE
    }

    private final String policy;
    private final String name;
    private final transient @Nullable Object key;
    private final Reason reason;
    private final @Nullable Duration retryAfter;

    /** Creates the exception, with nothing else to say. */
    public CallRejectedException(
            String policy, String name, @Nullable Object key, Reason reason, @Nullable Duration retryAfter) {
        this(policy, name, key, reason, retryAfter, "");
    }

    /**
     * Creates the exception.
     *
     * @param policy the policy that refused, as it is called in {@code application.yml}
     * @param name the name of the method's policies
     * @param key the key of the call, if it has one
     * @param retryAfter when a call may succeed, if that is known
     * @param words what else there is to say, or empty
     */
    public CallRejectedException(
            String policy,
            String name,
            @Nullable Object key,
            Reason reason,
            @Nullable Duration retryAfter,
            String words) {
        super("Call of '" + name + "' refused by " + policy + ": " + reason
                + (retryAfter == null ? "" : ", retry after " + Nanos.words(retryAfter))
                + (words.isEmpty() ? "" : ", " + words));
        this.policy = policy;
        this.name = name;
        this.key = key;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** The policy that refused, as it is called in {@code application.yml}. */
    public String policy() {
        return this.policy;
    }

    /** The name of the method's policies. */
    public String name() {
        return this.name;
    }

    /** The key of the call, if it has one. */
    public Optional<Object> key() {
        return Optional.ofNullable(this.key);
    }

    /** Why the call was refused. */
    public Reason reason() {
        return this.reason;
    }

    /** When a call may succeed, if that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(this.retryAfter);
    }
}
