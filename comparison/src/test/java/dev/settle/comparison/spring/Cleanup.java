package dev.settle.comparison.spring;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;

/** An asynchronous cleanup in a phase of Spring's lifecycle. */
final class Cleanup implements SmartLifecycle {

    private final int phase;
    private final Supplier<CompletionStage<?>> work;
    private volatile boolean running;

    Cleanup(int phase, Supplier<CompletionStage<?>> work) {
        this.phase = phase;
        this.work = work;
    }

    @Override
    public void start() {
        this.running = true;
    }

    @Override
    public void stop(Runnable callback) {
        this.work.get().whenComplete((nothing, failure) -> {
            this.running = false;
            callback.run();
        });
    }

    @Override
    public void stop() {
        throw new IllegalStateException("Spring stops by callback");
    }

    @Override
    public boolean isRunning() {
        return this.running;
    }

    @Override
    public int getPhase() {
        return this.phase;
    }
}
