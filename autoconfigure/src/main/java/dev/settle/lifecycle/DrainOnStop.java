package dev.settle.lifecycle;

import java.util.function.BooleanSupplier;
import org.springframework.context.SmartLifecycle;

/** Drains when the context is stopped without being closed, as by {@code stop()} or a checkpoint; never aborts. */
public final class DrainOnStop implements SmartLifecycle {

    private final CallDrain drain;
    private final BooleanSupplier closing;
    private volatile boolean running;

    /**
     * Creates it.
     *
     * @param closing whether the context is being closed for good
     */
    public DrainOnStop(CallDrain drain, BooleanSupplier closing) {
        this.drain = drain;
        this.closing = closing;
    }

    /** The gate was opened long before, in the first phase. */
    @Override
    public void start() {
        this.running = true;
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException("Stop must not be called directly");
    }

    @Override
    public void stop(Runnable callback) {
        this.running = false;
        if (this.closing.getAsBoolean()) {
            callback.run();
        } else {
            this.drain.pause().whenComplete((nothing, failure) -> callback.run());
        }
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    /** After the web server has finished its requests. */
    @Override
    public int getPhase() {
        return AbortPhases.WEB_DRAIN - 1;
    }
}
