package dev.settle.core;

import dev.settle.Aborted;
import dev.settle.CallRejectedException;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.InFlight;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The outermost guard of every call: lets it in, runs it, and sees to it that its caller gets an outcome. */
public final class Calls {

    private Calls() {}

    /**
     * Runs a call whose outcome is that of a future.
     *
     * @param passed the signal that the caller passed; the call hangs on it and on that of the work it is part of
     */
    @SuppressWarnings("unchecked") // what the value is, only the caller knows
    public static <T> CompletableFuture<T> async(CallSite site, Next chain, Work work, AbortSignal passed) {
        CallRoot root = new CallRoot(site, work, new RootSignal(site, AbortSignal.current(), passed), null);
        if (!enter(root)) {
            return CompletableFuture.failedFuture(closed(root));
        }
        CompletableFuture<@Nullable Object> outcome = chain.start(new Call(root));
        if (outcome.isDone() && !outcome.isCompletedExceptionally()) {
            root.end(null);
            return (CompletableFuture<T>) outcome;
        }
        CallFuture<T> future = new CallFuture<>(root);
        outcome.whenComplete(future);
        root.signal().last(future);
        return future;
    }

    /**
     * Runs a call that nobody waits for. It is part of no other work: what called it may be over when it begins. A failure
     * is logged.
     */
    public static void detached(CallSite site, Next chain, Work work, AbortSignal passed) {
        AbortSignal outer = CurrentSignal.swap(null);
        try {
            async(site, chain, work, passed).whenComplete((value, failure) -> {
                if (failure != null && !(failure instanceof Aborted)) {
                    Failures.log(Calls.class, "A call of '" + site.name() + "' failed that nobody waits for", failure);
                }
            });
        } finally {
            CurrentSignal.swap(outer);
        }
    }

    /** Runs a call on this thread, and waits on it for whatever its policies wait for. */
    public static @Nullable Object sync(CallSite site, Next chain, Work work, AbortSignal passed) throws Throwable {
        CallerThread thread = new CallerThread();
        CallRoot root = new CallRoot(site, work, new RootSignal(site, AbortSignal.current(), passed), thread);
        if (!enter(root)) {
            throw closed(root);
        }
        Throwable failure = null;
        try {
            return thread.await(chain.start(new Call(root)), root.signal());
        } catch (Throwable ex) {
            failure = ex;
            throw ex;
        } finally {
            root.end(failure);
        }
    }

    /** A call that is part of other work, or of a cleanup, is let in when the gate is closed: it belongs to it. */
    private static boolean enter(CallRoot root) {
        InFlight inFlight = root.site().inFlight();
        if (inFlight == null || inFlight.enter(root)) {
            return true;
        }
        if (AbortSignal.current() == AbortSignal.never()) {
            root.signal().close();
            return false;
        }
        inFlight.enterNested(root);
        return true;
    }

    private static CallRejectedException closed(CallRoot root) {
        return new CallRejectedException(
                "shutdown", root.site().name(), null, CallRejectedException.Reason.CLOSED, null);
    }
}
