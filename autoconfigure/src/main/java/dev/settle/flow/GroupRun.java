package dev.settle.flow;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CallersFuture;
import dev.settle.core.AsyncCall;
import dev.settle.core.AsyncFunction;
import dev.settle.core.CallContext;
import dev.settle.core.CallHost;
import dev.settle.core.Failures;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link TaskGroup}.
 *
 * <p>Race: a child comes to wait while the group is aborted. Who forks lets it wait first, and then looks for an abort; the
 * abort gives its reason first, and then looks who waits. Whoever takes a child out of the line sees to it.
 */
final class GroupRun<T extends @Nullable Object> extends Scope<T> {

    private final int limit;
    private final boolean failing;
    private final AtomicBoolean warned = new AtomicBoolean();
    private final Queue<Forked<?>> waiting = new ConcurrentLinkedQueue<>();
    private final Pump pump;

    /** That under which the body begins; written before it can fork. */
    private AbortSignal body = AbortSignal.never();

    /** That of the body, written before it leaves. */
    private @Nullable T value;

    GroupRun(int limit, boolean failing) {
        super("group");
        this.limit = limit;
        this.failing = failing;
        this.pump = new Pump(limit, this::within, running -> this.waiting.poll());
    }

    CompletableFuture<T> start(AsyncFunction<? super TaskGroup, T> body) {
        signal().onAbort(this::dismiss);
        begin(() -> startBody(body), (outcome, failure) -> this.value = outcome);
        leave();
        return future();
    }

    private CompletionStage<T> startBody(AsyncFunction<? super TaskGroup, T> code) throws Exception {
        this.body = AbortSignal.current();
        return code.apply(new TaskGroup(this));
    }

    @Override
    protected @Nullable T result() {
        return this.value;
    }

    <C extends @Nullable Object> CompletableFuture<C> fork(AsyncCall<C> child) {
        enter();
        warnIfItWaitsForItself();
        Forked<C> forked = new Forked<>(child);
        this.waiting.add(forked);
        this.pump.look();
        AbortReason why = signal().why();
        if (why != null) {
            dismiss(why);
        }
        return forked;
    }

    /** It may go well, because this child need not wait for the other; but if it does, it waits for ever. */
    private void warnIfItWaitsForItself() {
        if (this.limit == 1 && isInChild() && this.warned.compareAndSet(false, true)) {
            System.getLogger(GroupRun.class.getName())
                    .log(
                            Level.WARNING,
                            "A child of a group with one at a time has begun another: if it waits for that one, neither ever"
                                    + " ends");
        }
    }

    private boolean isInChild() {
        return AbortSignal.current() instanceof AbortSource current
                && current != this.body
                && !current.isWithin(above -> above == this.body)
                && current.isWithin(above -> above == signal());
    }

    /** Those who wait are told at once: those who run may take their time to end. */
    private void dismiss(AbortReason why) {
        for (Forked<?> forked = this.waiting.poll(); forked != null; forked = this.waiting.poll()) {
            forked.dismissed(why);
        }
    }

    /**
     * A child, which may have to wait for room.
     *
     * <p>Race: it may be given up while it starts. One leaves its word first and then looks for the other's: the future is
     * settled before what runs is asked for, and what runs is written before it is asked whether the future is settled.
     */
    private final class Forked<C extends @Nullable Object> extends CallersFuture<C> implements Runnable {

        /** Null once it has begun, or been given up. */
        private volatile @Nullable AsyncCall<C> work;

        private final CallContext.Captured context =
                CallContext.guarded(CallHost.plain().context());
        private volatile @Nullable CompletableFuture<C> running;

        Forked(AsyncCall<C> work) {
            this.work = work;
        }

        @Override
        public void run() {
            AsyncCall<C> wanted = this.work;
            this.work = null;
            if (wanted == null || isDone()) {
                GroupRun.this.pump.ended();
            } else {
                within(this.context, () -> begin(wanted));
            }
            leave();
        }

        void dismissed(AbortReason why) {
            within(this.context, () -> settle(null, AbortSource.exception(why)));
            leave();
        }

        private void begin(AsyncCall<C> wanted) {
            CompletableFuture<C> part =
                    GroupRun.this.failing ? GroupRun.this.begin(wanted, this::ended) : beginApart(wanted, this::ended);
            this.running = part;
            part.handle((outcome, failure) -> settle(outcome, (failure == null) ? null : Failures.unwrap(failure)));
            if (isDone()) {
                part.cancel(true);
            }
        }

        private void ended(@Nullable C outcome, @Nullable Throwable failure) {
            GroupRun.this.pump.ended();
        }

        @Override
        protected void givenUp() {
            // In line it holds a place that nobody wants, and nothing else.
            this.work = null;
            CompletableFuture<C> part = this.running;
            if (part != null) {
                part.cancel(true);
            }
        }
    }
}
