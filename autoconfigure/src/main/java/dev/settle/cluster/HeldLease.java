package dev.settle.cluster;

import dev.settle.core.Failures;
import dev.settle.time.TimeSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private final ClusterSettings settings;
    private final TimeSource time;
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
    HeldLease(Lease lease, ClusterSettings settings, TimeSource time, long askedAt, Runnable lost) {
        this.lease = lease;
        this.settings = settings;
        this.time = time;
        this.lost = lost;
        this.holdsUntil = askedAt + settings.leaseTime().toNanos();
        arm();
    }

    OptionalLong token() {
        return this.lease.fencingToken();
    }

    private synchronized void arm() {
        if (!this.over) {
            cancel(this.renewal);
            cancel(this.end);
            this.renewal = this.time.schedule(this.settings.renewal().toNanos(), this::renew);
            this.end = this.time.scheduleAt(this.holdsUntil, this::lose);
        }
    }

    private void renew() {
        long askedAt = this.time.nanoTime();
        CompletionStage<Boolean> answer;
        try {
            answer = this.lease.renew();
        } catch (Throwable ex) {
            answer = CompletableFuture.failedFuture(ex);
        }
        answer.whenComplete((held, failure) -> renewed(askedAt, held, failure));
    }

    private void renewed(long askedAt, @Nullable Boolean held, @Nullable Throwable failure) {
        if (failure == null && !Boolean.TRUE.equals(held)) {
            lose();
            return;
        }
        synchronized (this) {
            if (failure == null) {
                this.holdsUntil = askedAt + this.settings.leaseTime().toNanos();
            }
        }
        // An engine that is away is asked again, until the time has ended.
        arm();
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
        return release(this.lease);
    }

    /** Gives back a lease that nobody wants. */
    static CompletableFuture<@Nullable Void> release(Lease lease) {
        CompletableFuture<@Nullable Void> released = new CompletableFuture<>();
        try {
            lease.release().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    Failures.log(HeldLease.class, "A lease could not be given back: it ends by itself", failure);
                }
                released.complete(null);
            });
        } catch (Throwable ex) {
            Failures.log(HeldLease.class, "A lease could not be given back: it ends by itself", ex);
            released.complete(null);
        }
        return released;
    }
}
