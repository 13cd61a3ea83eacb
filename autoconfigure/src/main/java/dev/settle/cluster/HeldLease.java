package dev.settle.cluster;

import dev.settle.time.TimeSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A lease while a call has it: it is renewed, until it is given back, or lost.
 *
 * <p>It is lost when the engine says so, and when the engine has said nothing for as long as a lease holds: from then on another
 * instance may have it. That time counts from when the engine was last asked, not from when it answered. An engine that does not
 * answer is asked again soon, because it may be back before that.
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
     * @param lost told once, on a worker, when it is lost
     */
    HeldLease(Lease lease, Cluster cluster, long askedAt, Runnable lost) {
        this.lease = lease;
        this.cluster = cluster;
        this.lost = lost;
        this.holdsUntil = askedAt + leaseTime();
        cluster.began();
        synchronized (this) {
            this.end = cluster.time().scheduleAt(this.holdsUntil, this::ended);
            renewAfter(renewal());
        }
    }

    private long leaseTime() {
        return this.cluster.settings().leaseTime().toNanos();
    }

    private long renewal() {
        return this.cluster.settings().renewal().toNanos();
    }

    OptionalLong token() {
        return this.lease.fencingToken();
    }

    private synchronized void renewAfter(long nanos) {
        if (!this.over) {
            this.renewal = this.cluster.time().schedule(nanos, () -> new Renewal().ask());
        }
    }

    /** Asks once for the whole time anew. An answer that comes late still counts, as from when it was asked for. */
    private final class Renewal {

        private final long askedAt = HeldLease.this.cluster.time().nanoTime();
        private final AtomicBoolean answered = new AtomicBoolean();
        private final TimeSource.Timer patience = HeldLease.this
                .cluster
                .time()
                .schedule(
                        HeldLease.this.cluster.patience(),
                        () -> failed(new TimeoutException("The engine did not answer")));

        void ask() {
            try {
                HeldLease.this.lease.renew().whenComplete(this::took);
            } catch (Throwable ex) {
                took(null, ex);
            }
        }

        private void took(@Nullable Boolean held, @Nullable Throwable failure) {
            this.patience.cancel();
            if (failure != null) {
                failed(failure);
                return;
            }
            HeldLease.this.cluster.state().answered(this.askedAt);
            if (!Boolean.TRUE.equals(held)) {
                lose();
                return;
            }
            holdsSince(this.askedAt);
            if (this.answered.compareAndSet(false, true)) {
                renewAfter(renewal());
            }
        }

        private void failed(Throwable failure) {
            if (this.answered.compareAndSet(false, true)) {
                HeldLease.this.cluster.state().failed(failure, this.askedAt);
                renewAfter(Math.min(renewal(), HeldLease.this.cluster.patience()));
            }
        }
    }

    private synchronized void holdsSince(long askedAt) {
        long until = askedAt + leaseTime();
        if (until - this.holdsUntil > 0) {
            this.holdsUntil = until;
        }
    }

    /** The time has ended, unless there is more of it by now. */
    private void ended() {
        synchronized (this) {
            if (this.over) {
                return;
            }
            if (this.holdsUntil - this.cluster.time().nanoTime() > 0) {
                this.end = this.cluster.time().scheduleAt(this.holdsUntil, this::ended);
                return;
            }
        }
        lose();
    }

    /** On a worker: who listens to the call's signal may take its time, and the thread here is the engine's or that of timers. */
    private void lose() {
        if (over()) {
            try {
                this.cluster.time().execute(this.lost);
            } catch (Throwable ex) {
                this.lost.run();
            }
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

    /**
     * Gives back a lease. If the engine does not take it, it is offered again in the background, until it has ended by itself:
     * the engine may be back before that.
     */
    static CompletableFuture<@Nullable Void> release(Lease lease, Cluster cluster) {
        long ends = cluster.time().nanoTime() + cluster.settings().leaseTime().toNanos();
        return new Release(lease, cluster, ends).offer();
    }

    private record Release(Lease lease, Cluster cluster, long ends) {

        CompletableFuture<@Nullable Void> offer() {
            CompletableFuture<@Nullable Void> offered = new CompletableFuture<>();
            long askedAt = this.cluster.time().nanoTime();
            try {
                this.lease.release().whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        failed(failure, askedAt);
                    }
                    offered.complete(null);
                });
            } catch (Throwable ex) {
                failed(ex, askedAt);
                offered.complete(null);
            }
            return offered;
        }

        private void failed(Throwable failure, long askedAt) {
            boolean away = this.cluster.state().failed(failure, askedAt);
            long again = this.cluster.time().nanoTime() + this.cluster.patience();
            if (away && this.ends - again > 0) {
                this.cluster.time().scheduleAt(again, this::offer);
            }
        }
    }
}
