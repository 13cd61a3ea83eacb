package dev.settle.kotlin;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import dev.settle.reactive.ReactiveAbortSignal;
import kotlin.coroutines.AbstractCoroutineContextElement;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.ThreadContextElement;
import kotlinx.coroutines.reactor.ReactorContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * The signal of the call that a coroutine runs in. It is in the coroutine's context, where children inherit it, and
 * {@link AbortSignal#current()} on whatever thread the coroutine goes on.
 */
public final class AbortSignalElement extends AbstractCoroutineContextElement
        implements ThreadContextElement<@Nullable AbortSignal> {

    /** The key in a coroutine's context. */
    public static final Key KEY = new Key();

    private final AbortSignal signal;

    /** Written on the threads of one coroutine, one after another, before any child of it runs. */
    private boolean begun;

    private AbortSignalElement(AbortSignal signal) {
        super(KEY);
        this.signal = signal;
    }

    /** What the element is found by. */
    public static final class Key implements CoroutineContext.Key<AbortSignalElement> {

        private Key() {}
    }

    /** For the coroutine of an attempt, whose context in Reactor this is. */
    static AbortSignalElement of(ContextView attempt) {
        return new AbortSignalElement(ReactiveAbortSignal.from(attempt));
    }

    /** The signal of the call that this context belongs to, else the one that never aborts. */
    public static AbortSignal from(CoroutineContext context) {
        AbortSignalElement element = context.get(KEY);
        if (element != null) {
            return element.signal;
        }
        ReactorContext reactor = context.get(ReactorContext.Key);
        return (reactor != null) ? ReactiveAbortSignal.from(reactor.getContext()) : AbortSignal.never();
    }

    /** The continuation of a suspend function's caller, with a signal in the context that the function inherits. */
    public static @Nullable Object carriedBy(@Nullable Object continuation, AbortSignal signal) {
        return (continuation instanceof Continuation<?> caller) ? new Carrier<>(caller, signal) : continuation;
    }

    @Override
    public @Nullable AbortSignal updateThreadContext(CoroutineContext context) {
        if (!this.begun) {
            this.begun = true;
            CoroutineEnd.of(context);
        }
        return CurrentSignal.swap(this.signal);
    }

    @Override
    public void restoreThreadContext(CoroutineContext context, @Nullable AbortSignal before) {
        CurrentSignal.swap(before);
    }

    /** The caller's continuation in a richer context; it is the proxy that resumes the caller, with the original. */
    private record Carrier<T>(Continuation<T> caller, CoroutineContext context) implements Continuation<T> {

        Carrier(Continuation<T> caller, AbortSignal signal) {
            this(caller, caller.getContext().plus(new AbortSignalElement(signal)));
        }

        @Override
        public CoroutineContext getContext() {
            return this.context;
        }

        @Override
        public void resumeWith(Object result) {
            this.caller.resumeWith(result);
        }
    }
}
