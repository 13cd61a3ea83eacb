package dev.settle.cluster;

import dev.settle.CallRejectedException;
import dev.settle.ReentrantCallException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.core.Call;
import dev.settle.core.ClusterLimit;
import dev.settle.core.Failures;
import dev.settle.core.Futures;
import dev.settle.core.Next;
import dev.settle.core.StepOutcome;
import dev.settle.time.Nanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One call that asks the engine for what it needs, one key after another, runs, and gives back what it has when its outcome is
 * there, before anybody hears of it. It is on one thread at a time until it runs: each answer hands it over.
 *
 * <p>Race: a lease may be lost at any time, also before the call runs. The first loss is kept, and whoever comes to the other's
 * word second aborts: the loss is said first and then the signal looked for, the signal is made first and then the loss looked
 * for.
 */
final class ClusterRun extends StepOutcome implements BiConsumer<@Nullable Object, @Nullable Throwable> {

    private final ClusteredStep<?> step;
    private final ClusterLimit limit;
    private final long came;
    private final Call call;
    private Next next;
    private final List<EngineKey> keys;
    private final List<HeldLease> held = new ArrayList<>();
    private final List<OptionalLong> tokens = new ArrayList<>();
    private final AtomicReference<@Nullable AbortReason> loss = new AtomicReference<>();
    private volatile @Nullable LeaseSignal signal;
    private int asked;

    ClusterRun(ClusteredStep<?> step, ClusterLimit limit, long came, Call call, Next next) {
        this.step = step;
        this.limit = limit;
        this.came = came;
        this.call = call;
        this.next = next;
        this.keys = step.keysOf(call, limit);
    }

    CompletableFuture<@Nullable Object> start() {
        if (this.limit.kind() == ClusterLimit.Kind.LOCK && this.call.signal().isWithin(this::holds)) {
            fail(new ReentrantCallException("A call of '" + this.call.name()
                    + "' from inside a call that has its lock in the cluster would wait for itself"));
        } else {
            goOn();
        }
        return this;
    }

    private boolean holds(AbortSignal above) {
        return above instanceof LeaseSignal signal && this.keys.stream().anyMatch(signal::locks);
    }

    private void goOn() {
        try {
            if (this.asked < this.keys.size()) {
                String key = this.keys.get(this.asked++).text();
                Question<?> question = (this.limit.kind() == ClusterLimit.Kind.RATE)
                        ? new RateQuestion(this, key)
                        : new LeaseQuestion(this, key);
                question.start();
            } else {
                run();
            }
        } catch (Throwable ex) {
            accept(null, ex);
        }
    }

    /** The answer is yes. On no thread that may be kept. */
    void goOn(HeldLease lease) {
        this.held.add(lease);
        goOn(lease.token());
    }

    /** There is no answer, and the call goes on all the same. */
    void goOnAlone() {
        this.next = this.step.alone(this.limit, this.next);
        goOn(OptionalLong.empty());
    }

    void goOn(OptionalLong token) {
        this.tokens.add(token);
        AbortReason lost = this.loss.get();
        if (lost != null) {
            fail(AbortSource.exception(lost));
            return;
        }
        try {
            this.call.handOver(cluster().time(), this::goOn, this::fail);
        } catch (Throwable ex) {
            fail(ex);
        }
    }

    /** The call is refused; on any thread. Who listens to that is told on one of ours, like who waits for the outcome. */
    void refuse(CallRejectedException.Reason reason, @Nullable Duration retryAfter) {
        giveBack(() -> apart(() -> Futures.settle(this, null, refusal(reason, retryAfter))));
    }

    /** The work will not begin; on any thread. */
    void fail(Throwable failure) {
        giveBack(() -> settle(null, failure));
    }

    /** The caller has given up: it is told here. */
    void givenUp(Throwable failure) {
        if (this.held.isEmpty()) {
            Futures.settle(this, null, failure);
        } else {
            fail(failure);
        }
    }

    private void run() {
        LeaseSignal inside = new LeaseSignal(this.call.signal(), this.limit.kind(), this.keys, this.tokens);
        this.signal = inside;
        AbortReason lost = this.loss.get();
        if (lost != null) {
            inside.abort(lost);
        }
        StepOutcome.follow(this.next.start(this.call.with(inside)), this);
    }

    void lost(String what) {
        String message = "'" + this.call.name() + "' has lost its " + what + ": another instance may have it now";
        AbortReason reason = new AbortReason(AbortReason.Kind.APPLICATION, message, new LeaseLostException(message));
        cluster().lostLease(this.call);
        if (this.loss.compareAndSet(null, reason)) {
            LeaseSignal inside = this.signal;
            if (inside != null) {
                inside.abort(reason);
            }
        }
    }

    /** The outcome of what is inside. */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        LeaseSignal inside = this.signal;
        if (inside != null) {
            inside.close();
        }
        AbortReason lost = this.loss.get();
        Throwable told = (lost == null || failure == null) ? failure : Failures.aborted(lost, failure);
        if (this.held.isEmpty()) {
            Futures.settle(this, value, told);
        } else {
            giveBack(() -> settle(value, told));
        }
    }

    private void giveBack(Runnable then) {
        if (this.held.isEmpty()) {
            then.run();
        } else {
            release().whenComplete((nothing, never) -> then.run());
        }
    }

    /** An engine that does not answer keeps nobody: what is not given back ends by itself. */
    private CompletableFuture<Void> release() {
        CompletableFuture<Void> released = CompletableFuture.allOf(
                this.held.stream().map(HeldLease::release).toArray(CompletableFuture<?>[]::new));
        if (!released.isDone()) {
            var patience = cluster().time().schedule(cluster().patience(), () -> released.complete(null));
            released.whenComplete((nothing, never) -> patience.cancel());
        }
        return released;
    }

    private void settle(@Nullable Object value, @Nullable Throwable failure) {
        apart(() -> Futures.settle(this, value, failure));
    }

    /** Whoever hears of it does so on a thread of ours, and not on the engine's: unless there is none to be had. */
    private void apart(Runnable end) {
        try {
            // Without the caller's context it is the outcome all the same.
            this.call.handOver(cluster().time(), end, ex -> end.run());
        } catch (Throwable ex) {
            end.run();
        }
    }

    CallRejectedException refusal(CallRejectedException.Reason reason, @Nullable Duration retryAfter) {
        return this.call.refuse(
                this.limit.policy(), this.keys.get(this.asked - 1).shown(), reason, retryAfter);
    }

    /** How long it may still wait, in nanoseconds; zero or less: no longer. */
    long patience() {
        long wait = this.limit.bounds().nanos();
        return (wait == Nanos.FOREVER) ? wait : wait - (cluster().time().nanoTime() - this.came);
    }

    /** When the call came to the policy. */
    long came() {
        return this.came;
    }

    Call call() {
        return this.call;
    }

    Next inside() {
        return this.next;
    }

    void inside(Next instead) {
        this.next = instead;
    }

    ClusterLimit limit() {
        return this.limit;
    }

    ClusteredStep<?> step() {
        return this.step;
    }

    Cluster cluster() {
        return this.step.cluster();
    }
}
