package dev.settle.benchmark.timer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** By reflection, because it is compiled for Java 17. */
final class ForkJoin implements Timers.Kind {

    private static final @Nullable MethodHandle SCHEDULE = find();

    private final ForkJoinPool pool = ForkJoinPool.commonPool();

    static boolean available() {
        return SCHEDULE != null;
    }

    private static @Nullable MethodHandle find() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(
                            ForkJoinPool.class,
                            "schedule",
                            MethodType.methodType(ScheduledFuture.class, Runnable.class, long.class, TimeUnit.class));
        } catch (ReflectiveOperationException ex) {
            return null;
        }
    }

    @Override
    public Object arm(long nanos, Runnable task) {
        try {
            return (ScheduledFuture<?>) SCHEDULE.invokeExact(this.pool, task, nanos, TimeUnit.NANOSECONDS);
        } catch (Throwable ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void disarm(Object armed) {
        ((Future<?>) armed).cancel(false);
    }
}
