package dev.settle.reactive;

import dev.settle.core.NonBlockingThreads;
import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;

/**
 * Reactor's threads: event loops, and those of its own schedulers for work that does not block. Found by {@link
 * java.util.ServiceLoader}.
 */
public final class ReactiveThreads implements NonBlockingThreads {

    /** Found only where Reactor is. */
    private static final Class<?> MARKED = NonBlocking.class;

    /** For the service loader. */
    public ReactiveThreads() {}

    @Override
    public boolean test(Thread thread) {
        // The schedulers themselves know more, but are not there before somebody asks.
        return MARKED.isInstance(thread) || Schedulers.isNonBlockingThread(thread);
    }
}
