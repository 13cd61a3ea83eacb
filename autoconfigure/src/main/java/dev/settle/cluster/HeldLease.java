package dev.settle.cluster;

import dev.settle.time.TimeSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A lease while a call has it: it is renewed, until it is given back, or lost.
 *
 * <p>It is lost when the engine says so, and when the engine has said nothing for as long as a lease holds: from then on another
 * instance may have it. That time counts from when the engine was last asked, not from when it answered.
 *
 * <p>Race: it may be given back while a renewal is on its way, or while its time ends. One state, under the lock, decides; the
 * engine is asked, and the loss told, outside it.
 */
final class HeldLease {

    private final Lease lease;
    private final Cluster cluster;
    private final Runnable lost;

    // Guarded by this.
    private boolean over;
    private long holdsUntil;
    private TimeSource.@Nullable Timer renewal;
    private TimeSource.@Nullable Timer end;

    /**
     * Begins to renew.
     *
     * @param askedAt when the engine was asked for it
     * @param lost told once, on a worker or the engine's thread, when it is lost
     */
    HeldLease(Lease lease, Cluster cluster, long askedAt, Runnable lost) {
        this.lease = lease;
        this.cluster = cluster;
        this.lost = lost;
        this.holdsUntil = askedAt + time();
        cluster.began();
        arm();
    }

    OptionalLong token() {
        return this.lease.fencingToken();
    }

    private synchronized void arm() {
        if (!this.over) {
            cancel(this.renewal);
            cancel(this.end);
            this.renewal = this.cluster
                    .time()
                    .schedule(this.cluster.settings().renewal().toNanos(), this::renew);
            this.end = this.cluster.time().scheduleAt(this.holdsUntil, this::lose);
        }
    }

    private void renew() {
        long askedAt = this.cluster.time().nanoTime();
        try {
            this.lease.renew().whenComplete((held, failure) -> renewed(askedAt, held, failure));
        } catch (Throwable ex) {
            renewed(askedAt, null, ex);
        }
    }

    private void renewed(long askedAt, @Nullable Boolean held, @Nullable Throwable failure) {
        if (failure != null) {
            this.cluster.state().failed(failure);
            // An engine that is away is asked again, until the time has ended.
            arm();
            return;
        }
        this.cluster.state().answered();
        if (Boolean.TRUE.equals(held)) {
            synchronized (this) {
                this.holdsUntil = askedAt + time();
            }
            arm();
        } else {
            lose();
        }
    }

    private long time() {
        return this.cluster.settings().leaseTime().toNanos();
    }

    private void lose() {
        if (over()) {
            this.lost.run();
        }
    }

    /** Whether this is the end, which comes once. */
    private synchronized boolean over() {
        if (this.over) {
            return false;
        }
        this.over = true;
        this.cluster.ended();
        cancel(this.renewal);
        cancel(this.end);
        return true;
    }

    private static void cancel(TimeSource.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Gives it back, or what is left of it; completes, always normally, when the engine has answered. */
    CompletableFuture<@Nullable Void> release() {
        over();
        return release(this.lease, this.cluster);
    }

    /** Gives back a lease that nobody wants. One that the engine does not take back ends by itself. */
    static CompletableFuture<@Nullable Void> release(Lease lease, Cluster cluster) {
        CompletableFuture<@Nullable Void> released = new CompletableFuture<>();
        try {
            lease.release().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    cluster.state().failed(failure);
                }
                released.complete(null);
            });
        } catch (Throwable ex) {
            cluster.state().failed(ex);
            released.complete(null);
        }
        return released;
    }
}
