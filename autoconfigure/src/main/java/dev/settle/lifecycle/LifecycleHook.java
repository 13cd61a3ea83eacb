package dev.settle.lifecycle;

import org.springframework.context.SmartLifecycle;

/** Something small to do in a phase where the context starts and where it stops, also when it is stopped and not closed. */
public final class LifecycleHook implements SmartLifecycle {

    /** First to start, last to stop. */
    public static final int OUTERMOST = Integer.MIN_VALUE;

    /** Last to start, first to stop: before the web server waits for what it still answers. */
    public static final int INNERMOST = Integer.MAX_VALUE;

    private final int phase;
    private final Runnable starts;
    private final Runnable stops;
    private volatile boolean running;

    /** Creates it for a phase. */
    public LifecycleHook(int phase, Runnable starts, Runnable stops) {
        this.phase = phase;
        this.starts = starts;
        this.stops = stops;
    }

    @Override
    public void start() {
        this.starts.run();
        this.running = true;
    }

    @Override
    public void stop() {
        this.running = false;
        this.stops.run();
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return this.phase;
    }
}
