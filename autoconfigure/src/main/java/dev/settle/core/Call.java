package dev.settle.core;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through its policies: what all its attempts share, and the signal of the part that runs now. The call
 * itself is the signal of all of it, so that there is one object for both.
 */
public sealed interface Call permits CallRoot, CallPart, CallView {

    /** What all parts of the call share. */
    CallRoot root();

    /** The signal of this part of the call. */
    AbortSource signal();

    /** Carries the caller's context to where this part of the call goes on. */
    CallContext.Captured context();

    /** Whether this runs on the thread of a caller who does nothing else meanwhile. */
    boolean onCallersThread();

    /** The same call inside a narrower signal. */
    default Call with(AbortSource narrower) {
        return new CallView(root(), narrower, context(), onCallersThread());
    }

    /** The name of the method's policies. */
    default String name() {
        return root().site().name();
    }

    /** Aborts when the call should no longer wait for better times; never for what shutdown itself has to do. */
    default AbortSignal stopping() {
        return signal().settling() ? AbortSignal.never() : site().host().stopping();
    }

    /** Where the call came in. */
    default CallSite site() {
        return root().site();
    }

    /** What the method is called on, if it is a method. */
    default @Nullable Object target() {
        return root().work().target();
    }

    /** What the method is called with. */
    default @Nullable Object[] arguments() {
        return root().work().arguments();
    }

    /** What the call is doing. */
    default CallPhase phase() {
        return root().phase();
    }

    /** Says what the call is doing from now on. */
    default void phase(CallPhase phase) {
        root().phase(phase);
    }

    /** Whether this call is part of an earlier call of the same method. */
    default boolean isInsideItself() {
        // From its own root on: a run that callers share is within all of their roots, which are beside one another.
        CallRoot own = root();
        return own.isWithin(above -> above instanceof CallRoot other && other != own && other.site() == own.site());
    }

    /** Whether nobody waits for the outcome. */
    default boolean detached() {
        return root().detached();
    }

    /** The name of the thread that made the call, or its number. */
    default String callerName() {
        Thread caller = root().caller();
        return caller.getName().isEmpty() ? "#" + caller.getId() : caller.getName();
    }

    /** Whether the method would keep the thread on which it starts. */
    default boolean blocks() {
        return !root().work().asynchronous();
    }

    /**
     * Goes on with the call from a timer: on the caller's own thread for a synchronous method, else here, in the context
     * of the caller.
     *
     * @param broken gets what the context throws when it cannot be set: the work must not run as somebody else
     */
    default void resume(Runnable task, Consumer<Throwable> broken) {
        if (onCallersThread()) {
            root().callersThread().execute(task);
        } else {
            CallContext.run(context(), task, broken);
        }
    }

    /**
     * Goes on with the call from a thread that belongs to somebody else and must not be kept.
     *
     * @param broken gets what the context throws when it cannot be set: the work must not run as somebody else
     */
    default void handOver(TimeSource time, Runnable task, Consumer<Throwable> broken) {
        if (onCallersThread()) {
            root().callersThread().execute(task);
        } else {
            time.execute(() -> CallContext.run(context(), task, broken));
        }
    }

    /** Tells the listeners what happened. */
    default void emit(Enum<?> type, Object detail) {
        root().site().host().listener().onEvent(new CallEvent(name(), type, detail));
    }

    /** Tells the listeners that the call is refused, and makes its outcome. */
    default CallRejectedException refuse(
            String policy, @Nullable Object key, CallRejectedException.Reason reason, @Nullable Duration retryAfter) {
        return refuse(policy, key, reason, retryAfter, "");
    }

    /** Tells the listeners that the call is refused, and makes its outcome, with something more to say. */
    default CallRejectedException refuse(
            String policy,
            @Nullable Object key,
            CallRejectedException.Reason reason,
            @Nullable Duration retryAfter,
            String words) {
        CallRejectedException refused = new CallRejectedException(policy, name(), key, reason, retryAfter, words);
        emit(LineEvent.REJECTED, refused);
        return refused;
    }
}
