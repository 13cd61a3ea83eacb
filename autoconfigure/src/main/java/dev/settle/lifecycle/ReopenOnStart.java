package dev.settle.lifecycle;

import org.springframework.context.SmartLifecycle;

/**
 * Takes new calls again when a context that was drained by {@code stop()} is started: before any other bean is, as beans
 * make calls when they start.
 */
public final class ReopenOnStart implements SmartLifecycle {

    private final CallDrain drain;
    private volatile boolean running;

    /** Creates it. */
    public ReopenOnStart(CallDrain drain) {
        this.drain = drain;
    }

    @Override
    public void start() {
        this.drain.resume();
        this.running = true;
    }

    @Override
    public void stop() {
        this.running = false;
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    /** The first to start. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
