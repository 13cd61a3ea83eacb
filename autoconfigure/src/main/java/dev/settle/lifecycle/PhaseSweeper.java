package dev.settle.lifecycle;

import org.springframework.context.SmartLifecycle;

/**
 * Settles, at its phase, every group of that phase or above. One is registered for each phase when the context begins to
 * close; nobody injects it, so Spring's order of phases is not bent by dependencies.
 */
final class PhaseSweeper implements SmartLifecycle {

    private final int phase;
    private final ShutdownDriver driver;

    PhaseSweeper(int phase, ShutdownDriver driver) {
        this.phase = phase;
        this.driver = driver;
    }

    /** Returns at once. Spring counts its latch down for every callback, so it must be run exactly once. */
    @Override
    public void stop(Runnable callback) {
        this.driver.settle(this.phase).whenComplete((nothing, failure) -> callback.run());
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException("Stop must not be called directly");
    }

    @Override
    public void start() {}

    /** From the beginning: Spring stops only what runs. */
    @Override
    public boolean isRunning() {
        return true;
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
