package dev.settle.core;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/** Knows threads that must never wait nor be interrupted, because they serve others too: event loops. */
public interface NonBlockingThreads extends Predicate<Thread> {

    /** What the {@link ServiceLoader} finds beside this class; no thread is one when there is nothing. */
    static Predicate<Thread> found() {
        try {
            return ServiceLoader.load(NonBlockingThreads.class, NonBlockingThreads.class.getClassLoader())
                    .findFirst()
                    .<Predicate<Thread>>map(threads -> threads)
                    .orElse(thread -> false);
        } catch (ServiceConfigurationError | LinkageError ex) {
            // The library that has such threads is not there.
            return thread -> false;
        }
    }
}
