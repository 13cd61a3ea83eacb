package dev.settle.core;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.InFlight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where calls of one method come in: what all of them share.
 *
 * @param name the name of the method's policies
 * @param inFlight keeps track of the calls, or null for plain objects
 * @param stopping aborts when calls should no longer wait for better times
 * @param context carries the caller's context to later parts of the call
 * @param listener is told what happens
 * @param deferred whether calls may run long after they were made, and are settled in the phase of their bean
 */
public record CallSite(
        String name,
        @Nullable InFlight inFlight,
        AbortSignal stopping,
        CallContext context,
        CallListener listener,
        boolean deferred) {

    /** Guards the listener: what it throws must not become the outcome of a call, or keep it from having one. */
    public CallSite {
        listener = CallListener.all(List.of(listener));
    }

    /** Where calls come in that may run long after they were made. */
    public CallSite ofDeferred() {
        return new CallSite(this.name, this.inFlight, this.stopping, this.context, this.listener, true);
    }

    /** For plain objects: no tracking, no shutdown. */
    public static CallSite plain(String name) {
        return new CallSite(name, null, AbortSignal.never(), CallContext.none(), CallListener.none(), false);
    }
}
