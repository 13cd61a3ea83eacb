package dev.settle.lifecycle;

import org.springframework.context.SmartLifecycle;

/**
 * Tells that the context stops, also when it is not closed, before the web server waits for what it still answers; and that
 * it starts again.
 */
public final class FirstToStop implements SmartLifecycle {

    private final Runnable starts;
    private final Runnable stops;
    private volatile boolean running;

    /** Creates it. */
    public FirstToStop(Runnable starts, Runnable stops) {
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
        return Integer.MAX_VALUE;
    }
}
