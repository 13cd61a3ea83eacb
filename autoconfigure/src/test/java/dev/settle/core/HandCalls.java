package dev.settle.core;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Calls without policies around them, for what policies are made of. */
final class HandCalls {

    private final AbortSource stopping = new AbortSource();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final CallSite site = new CallSite(
            "prices.find",
            new CallHost(null, this.stopping, CallContext.none(), this.events::add, thread -> false, null),
            false);

    /** Aborts when the application stops. */
    AbortSource stopping() {
        return this.stopping;
    }

    List<Enum<?>> events() {
        return this.events.stream().<Enum<?>>map(CallEvent::type).toList();
    }

    Object lastDetail() {
        return this.events.get(this.events.size() - 1).detail();
    }

    /** A call of a method that returns a future. */
    Call call(Object... arguments) {
        return callWithin(AbortSignal.never(), arguments);
    }

    /** One that is part of other work. */
    Call callWithin(AbortSignal around, Object... arguments) {
        Work work = new Work() {
            @Override
            public Object run(AbortSignal signal) {
                throw new AssertionError("There is no method");
            }

            @Override
            public Object[] arguments() {
                return arguments;
            }

            @Override
            public boolean asynchronous() {
                return true;
            }
        };
        AtomicReference<Call> made = new AtomicReference<>();
        Next held = call -> {
            made.set(call);
            return new CompletableFuture<>();
        };
        Calls.async(this.site, held, work, around);
        return made.get();
    }
}
