package dev.settle.time;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Settle's own threads: a virtual thread a task where the JDK has them (21 and later), else a cached pool of daemons.
 * Never the application's executor, which may be shut down while cleanups still run, and never bounded, because a task
 * that blocks must not hold up a timeout.
 */
public final class Workers {

    private static final Executor SHARED = create();

    private Workers() {}

    /** The shared executor; it is never shut down and keeps no process alive. */
    public static Executor shared() {
        return SHARED;
    }

    static ThreadFactory daemons(String name) {
        return task -> {
            // Nor are thread locals handed down: those of the first caller would go to whoever comes later.
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            return withOwnLoader(thread);
        };
    }

    /** Threads outlive an application of many in one server: that of the first caller would be kept by its class loader. */
    private static Thread withOwnLoader(Thread thread) {
        thread.setContextClassLoader(Workers.class.getClassLoader());
        return thread;
    }

    private static Executor create() {
        try {
            return virtualThreads();
        } catch (ReflectiveOperationException ex) {
            AtomicLong number = new AtomicLong();
            return Executors.newCachedThreadPool(
                    task -> daemons("settle-" + number.incrementAndGet()).newThread(task));
        }
    }

    /** By reflection, because the library is compiled for Java 17. */
    private static Executor virtualThreads() throws ReflectiveOperationException {
        Class<?> builder = Class.forName("java.lang.Thread$Builder");
        Object named = builder.getMethod("name", String.class, long.class)
                .invoke(Thread.class.getMethod("ofVirtual").invoke(null), "settle-", 1L);
        Object bare = builder.getMethod("inheritInheritableThreadLocals", boolean.class)
                .invoke(named, false);
        ThreadFactory factory = (ThreadFactory) builder.getMethod("factory").invoke(bare);
        Method perTask = Executors.class.getMethod("newThreadPerTaskExecutor", ThreadFactory.class);
        return (Executor) perTask.invoke(null, (ThreadFactory) task -> withOwnLoader(factory.newThread(task)));
    }
}
