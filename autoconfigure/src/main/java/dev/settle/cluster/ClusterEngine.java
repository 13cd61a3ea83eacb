package dev.settle.cluster;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the instances of an application share. Its methods return at once and may be called from any thread; what they return
 * completes when the engine has answered, and fails when it is away.
 */
public interface ClusterEngine {

    /** What an engine may be able to do. */
    enum Capability {
        /** Leases that one instance has at a time. */
        LOCK,
        /** Leases that a number of instances have at a time. */
        PERMITS,
        /** Starts in a window of time. */
        RATE,
        /** Numbers that grow from one owner of a lock to the next. */
        FENCING
    }

    /** What it is called in logs and at the endpoint. */
    String name();

    /** What it can do. A method that asks for more stops the application at its start. */
    Set<Capability> capabilities();

    /**
     * Gets ready for questions, in the background while the application starts, and later on when it has been away: calls must
     * not wait until everything has been loaded and connected. It may block.
     *
     * @param key one of the application's, which nothing else is kept under
     * @return completes when it is there, and fails when it is not
     */
    default CompletionStage<?> prepare(String key) {
        return CompletableFuture.completedStage(null);
    }

    /** Whether a failure means that it is away, rather than that it cannot do just this, such as for this key. */
    default boolean isAway(Throwable failure) {
        return true;
    }

    /**
     * Waits for a lease, at most as long as the request says, which is not long: nobody takes a question back, and a lease
     * that comes when nobody wants it any more is given back.
     *
     * @return null when there was none in that time
     */
    CompletionStage<? extends @Nullable Lease> acquire(LeaseRequest request);

    /** Asks once for a start, without waiting. */
    CompletionStage<RateDecision> consume(RateRequest request);
}
