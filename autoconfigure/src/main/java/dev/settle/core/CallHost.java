package dev.settle.core;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.InFlight;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an application gives to all its calls.
 *
 * @param inFlight keeps track of the calls, or null for plain objects
 * @param stopping aborts when calls should no longer wait for better times
 * @param context carries the caller's context to later parts of a call
 * @param listener is told what happens
 * @param nonBlocking which threads must never wait
 * @param unobserved watches failed futures that nobody looks at, or null for plain objects
 * @param observer watches calls as wholes, and never throws ({@link CallObserver#all}); null for plain objects
 */
public record CallHost(
        @Nullable InFlight inFlight,
        AbortSignal stopping,
        CallContext context,
        CallListener listener,
        Predicate<Thread> nonBlocking,
        @Nullable UnobservedFailures unobserved,
        @Nullable CallObserver observer) {

    private static final CallHost PLAIN = new CallHost(
            null, AbortSignal.never(), CallContext.found(), CallListener.none(), NonBlockingThreads.found(), null);

    /** Guards the listener: what it throws must not become the outcome of a call, or keep it from having one. */
    public CallHost {
        listener = CallListener.all(List.of(listener));
    }

    /** Calls that nobody observes as wholes. */
    public CallHost(
            @Nullable InFlight inFlight,
            AbortSignal stopping,
            CallContext context,
            CallListener listener,
            Predicate<Thread> nonBlocking,
            @Nullable UnobservedFailures unobserved) {
        this(inFlight, stopping, context, listener, nonBlocking, unobserved, null);
    }

    /** For plain objects: no tracking, no shutdown; the context travels. */
    public static CallHost plain() {
        return PLAIN;
    }
}
