package dev.settle.advice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.Trigger;

/** A scheduler of Spring's whose tasks run when the test says so, on the test's thread. */
final class HandScheduler implements TaskScheduler {

    private final List<Runnable> tasks = new ArrayList<>();

    /** The run of the task that names this method. */
    void run(String method) {
        this.tasks.stream()
                .filter(task -> task.toString().contains("." + method))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + method + " among " + this.tasks))
                .run();
    }

    private ScheduledFuture<?> keep(Runnable task) {
        this.tasks.add(task);
        return null;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, Trigger trigger) {
        return keep(task);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, Instant startTime) {
        return keep(task);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, Instant startTime, Duration period) {
        return keep(task);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, Duration period) {
        return keep(task);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Instant startTime, Duration delay) {
        return keep(task);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Duration delay) {
        return keep(task);
    }
}
