package dev.settle.flow;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.ChildSource;
import dev.settle.core.CallContext;
import dev.settle.core.CallHost;
import dev.settle.core.CallSite;
import dev.settle.core.Calls;
import dev.settle.core.Next;
import dev.settle.core.Work;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Blocking code on a thread of an executor.
 *
 * <p>Race: it may be given up before its thread has come to it, or while it runs. Who comes first decides: then it never runs;
 * one that runs is interrupted, and ends when it returns.
 */
final class BlockingRun<T extends @Nullable Object> extends CompletableFuture<T> implements Runnable, Work {

    private static final CallSite SITE = CallSite.plain("blocking");
    private static final Next CHAIN = Next.link(List.of());

    private final Callable<T> code;
    private final CallContext.Captured context =
            CallContext.guarded(CallHost.plain().context());
    private final ChildSource signal = AbortSource.child(AbortSignal.current());
    private final AtomicBoolean decided = new AtomicBoolean();

    BlockingRun(Callable<T> code) {
        this.code = code;
    }

    CompletableFuture<T> start(Executor executor) {
        try {
            executor.execute(this);
        } catch (Throwable ex) {
            // Nobody will run it, or end its tie to what is around it.
            this.signal.close();
            throw ex;
        }
        return this;
    }

    @Override
    public void run() {
        if (this.decided.compareAndSet(false, true)) {
            CallContext.run(this.context, this::call, this::completeExceptionally);
            this.signal.close();
        }
    }

    @SuppressWarnings("unchecked") // it comes from the code
    private void call() {
        try {
            complete((T) Calls.sync(SITE, CHAIN, this, this.signal));
        } catch (Throwable ex) {
            completeExceptionally(ex);
        }
    }

    @Override
    public @Nullable Object run(AbortSignal current) throws Exception {
        return this.code.call();
    }

    @Override
    public boolean asynchronous() {
        return false;
    }

    /** Gives it up: false when it has begun, and has to end by itself. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (this.decided.compareAndSet(false, true)) {
            this.signal.close();
            return super.cancel(mayInterruptIfRunning);
        }
        this.signal.abort(AbortReason.callerCancelled("The blocking code was given up"));
        return isCancelled();
    }
}
