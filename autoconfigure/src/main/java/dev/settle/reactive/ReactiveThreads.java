package dev.settle.reactive;

import java.util.function.Predicate;
import reactor.core.scheduler.Schedulers;

/** Reactor's threads. */
public final class ReactiveThreads {

    private ReactiveThreads() {}

    /** Which threads must never wait: event loops, and those of Reactor's own schedulers for work that does not block. */
    public static Predicate<Thread> nonBlocking() {
        return Schedulers::isNonBlockingThread;
    }
}
