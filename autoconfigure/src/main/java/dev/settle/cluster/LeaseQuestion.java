package dev.settle.cluster;

import dev.settle.CallRejectedException.Reason;
import dev.settle.core.ClusterLimit;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks for a lease until there is one, or the patience has ended. */
final class LeaseQuestion extends Question<Lease> {

    /** So long a question waits at the engine before it is put again, to learn whether the engine is still there. */
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(400);

    LeaseQuestion(ClusterRun run, String key) {
        super(run, key);
    }

    @Override
    long slice(long patience) {
        long slice = Math.min(SLICE, run().cluster().settings().renewal().toNanos());
        return Math.min(slice, Math.max(0, patience));
    }

    @Override
    CompletionStage<? extends @Nullable Lease> ask(ClusterEngine engine, Duration wait) {
        ClusterLimit limit = run().limit();
        return engine.acquire(new LeaseRequest(
                key(),
                limit.kind() == ClusterLimit.Kind.LOCK,
                limit.limit(),
                wait,
                run().cluster().settings().leaseTime()));
    }

    @Override
    void answered(@Nullable Lease lease, long askedAt) {
        if (lease == null) {
            again(askedAt);
        } else if (end()) {
            run().goOn(held(lease, askedAt));
        } else {
            unwanted(lease);
        }
    }

    private HeldLease held(Lease lease, long askedAt) {
        try {
            return new HeldLease(lease, run().cluster(), askedAt, () -> run().lost("lease"));
        } catch (Throwable ex) {
            unwanted(lease);
            throw ex;
        }
    }

    /** Not before the time is over that it might have waited there: the engine may have answered at once. */
    private void again(long askedAt) {
        long patience = run().patience();
        if (patience <= 0) {
            refuse(run().limit().waits() ? Reason.WAIT_EXCEEDED : run().limit().busy(), null);
            return;
        }
        long rest = askedAt + slice(patience) - run().cluster().time().nanoTime();
        if (rest > 0) {
            putLater(Duration.ofNanos(Math.min(rest, patience)));
        } else {
            put();
        }
    }

    @Override
    void unwanted(@Nullable Lease lease) {
        if (lease != null) {
            HeldLease.release(lease, run().cluster());
        }
    }
}
