package dev.settle.benchmark.timer;

import dev.settle.time.TimeSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What arms timers. */
public enum Timers {
    /** The one that every policy uses. */
    SETTLE("Settle", Settle::new),
    /** As one would use it: what is cancelled is let go. */
    EXECUTOR("ScheduledThreadPoolExecutor", Executor::new),
    /** The JDK's own way to give a future up. */
    OR_TIMEOUT("CompletableFuture.orTimeout", OrTimeout::new),
    /** Only from Java 25 on. */
    FORK_JOIN("ForkJoinPool.schedule", ForkJoin::new);

    private final String subject;
    private final Supplier<Kind> maker;

    Timers(String subject, Supplier<Kind> maker) {
        this.subject = subject;
        this.maker = maker;
    }

    String subject() {
        return this.subject;
    }

    Kind make() {
        return this.maker.get();
    }

    /** Whether this JDK has it. */
    boolean available() {
        return this != FORK_JOIN || ForkJoin.available();
    }

    /** A way to arm timers. */
    interface Kind extends AutoCloseable {

        /** Arms a timer, and returns what disarms it. */
        Object arm(long nanos, Runnable task);

        /** Disarms it. */
        void disarm(Object armed);

        @Override
        default void close() {}
    }

    private static final class Settle implements Kind {

        private final TimeSource time = TimeSource.system();

        @Override
        public Object arm(long nanos, Runnable task) {
            return this.time.schedule(nanos, task);
        }

        @Override
        public void disarm(Object armed) {
            ((TimeSource.Timer) armed).cancel();
        }
    }

    private static final class Executor implements Kind {

        private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);

        Executor() {
            this.executor.setRemoveOnCancelPolicy(true);
        }

        @Override
        public Object arm(long nanos, Runnable task) {
            return this.executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void disarm(Object armed) {
            ((Future<?>) armed).cancel(false);
        }

        @Override
        public void close() {
            this.executor.shutdownNow();
        }
    }

    private static final class OrTimeout implements Kind {

        @Override
        public Object arm(long nanos, Runnable task) {
            CompletableFuture<Object> future = new CompletableFuture<>();
            if (task != Tasks.NOTHING) {
                future.whenComplete((value, failure) -> task.run());
            }
            return future.orTimeout(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void disarm(Object armed) {
            ((CompletableFuture<?>) armed).complete(null);
        }
    }
}
