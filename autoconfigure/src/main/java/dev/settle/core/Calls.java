package dev.settle.core;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.InFlight;
import dev.settle.core.CallRoot.Kind;
import dev.settle.time.Workers;
import java.util.ArrayList;
import java.util.List;
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
    public static <T> CompletableFuture<T> async(CallSite site, Next chain, Work work, AbortSignal passed) {
        return async(new CallRoot(site, work, Kind.ASYNCHRONOUS, passed), chain);
    }

    /**
     * Runs a call that nobody waits for. What called it may be over when it begins, so it does not end with that. A failure
     * is logged, but for what only says that the application does not go on.
     */
    public static void detached(CallSite site, Next chain, Work work, AbortSignal passed) {
        async(new CallRoot(site, work, Kind.DETACHED, passed), chain).whenComplete((value, failure) -> {
            if (failure != null && !(failure instanceof AbortedException) && !isClosed(failure)) {
                Failures.log(Calls.class, "A call of '" + site.name() + "' failed that nobody waits for", failure);
            }
        });
    }

    private static boolean isClosed(Throwable failure) {
        return failure instanceof CallRejectedException refused
                && refused.reason() == CallRejectedException.Reason.CLOSED;
    }

    @SuppressWarnings("unchecked") // what the value is, only the caller knows
    private static <T> CompletableFuture<T> async(CallRoot root, Next chain) {
        Throwable refusal = enter(root);
        if (refusal != null) {
            return CallFuture.refused(root, refusal);
        }
        CompletableFuture<@Nullable Object> outcome = chain.start(root);
        if (outcome.isDone() && !outcome.isCompletedExceptionally()) {
            root.ending(null);
            root.end(null);
            return (CompletableFuture<T>) outcome;
        }
        CallFuture<T> future = new CallFuture<>(root);
        StepOutcome.follow(outcome, future);
        root.last(future);
        return future;
    }

    /** Runs a call on this thread, and waits on it for whatever its policies wait for. */
    public static @Nullable Object sync(CallSite site, Next chain, Work work, AbortSignal passed) throws Throwable {
        CallRoot root = new CallRoot(site, work, Kind.SYNCHRONOUS, passed);
        Throwable refusal = enter(root);
        if (refusal != null) {
            throw refusal;
        }
        Throwable failure = null;
        try {
            return CallerThread.await(chain.start(root), root);
        } catch (Throwable ex) {
            failure = ex;
            throw ex;
        } finally {
            // Race: what the call waited for may have come together with its end, and has to be given back by somebody.
            root.leaveCallersThread();
            root.ending(failure);
            root.end(failure);
        }
    }

    /**
     * Why a call is not let in, or null. One that is part of other work, or of a cleanup, is let in when the gate is closed:
     * it belongs to it. One that is given up before it begins must not get in the way of others.
     */
    private static @Nullable Throwable enter(CallRoot root) {
        AbortReason given = root.why();
        if (given != null) {
            return outside(root, AbortSource.exception(given));
        }
        InFlight inFlight = root.site().host().inFlight();
        if (inFlight == null || inFlight.enter(root)) {
            return null;
        }
        if (CurrentSignal.ofWork()) {
            inFlight.enterNested(root);
            return null;
        }
        return outside(root, root.refuse("shutdown", null, CallRejectedException.Reason.CLOSED, null));
    }

    private static Throwable outside(CallRoot root, Throwable refusal) {
        root.letGo();
        root.ending(refusal);
        return refusal;
    }

    /**
     * Aborts the calls of a name that are in flight, each on a thread of its own: one whose caller does not come back must
     * not keep the others waiting.
     *
     * @return how many there are
     */
    public static int abort(InFlight inFlight, String name, AbortReason reason) {
        List<CallRoot> calls = new ArrayList<>();
        inFlight.forEach(work -> {
            if (work instanceof CallRoot call && call.site().name().equals(name)) {
                calls.add(call);
            }
        });
        calls.forEach(call -> Workers.shared().execute(() -> call.abort(reason)));
        return calls.size();
    }
}
