package dev.settle.reactive;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** The signal of the call that a reactive chain is part of: {@link AbortSignal#current()} for code without a thread. */
public final class ReactiveAbortSignal {

    /** The key in Reactor's {@code Context}. */
    public static final String KEY = CurrentSignal.KEY;

    private ReactiveAbortSignal() {}

    /** The signal of the call that the subscriber belongs to, else the one that never aborts. */
    public static Mono<AbortSignal> current() {
        return Mono.deferContextual(context -> Mono.just(from(context)));
    }

    /** The signal in this context, else the one that never aborts. */
    public static AbortSignal from(ContextView context) {
        Object found = context.getOrDefault(KEY, null);
        return (found instanceof AbortSignal signal) ? signal : AbortSignal.never();
    }
}
