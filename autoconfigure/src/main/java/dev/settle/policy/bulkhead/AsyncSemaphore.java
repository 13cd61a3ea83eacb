package dev.settle.policy.bulkhead;

import dev.settle.annotation.Scope;
import dev.settle.core.KeySettings;
import dev.settle.core.StepPolicy;
import dev.settle.core.WaitBounds;
import dev.settle.queue.PermitLine;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts how much may run at once. First come, first served; nobody overtakes, and no wait holds a thread.
 *
 * <pre class="code">
 * AsyncSemaphore connections = AsyncSemaphore.of(10);
 * CompletableFuture&lt;Reply&gt; reply = connections.call(() -&gt; client.send(request));
 * </pre>
 *
 * {@link #call} holds a permit until the future of the work has settled. Who acquires permits by hand gives them back by
 * closing them; what is chained to an acquired future runs on the thread of whoever gave the permit back, and must not
 * block.
 */
public final class AsyncSemaphore extends StepPolicy implements AutoCloseable {

    private final BulkheadStep step;
    private final PermitLine line;
    private final TimeSource time;

    private AsyncSemaphore(BulkheadStep step, TimeSource time) {
        super(step);
        this.step = step;
        this.time = time;
        this.line = step.only().line();
    }

    /** So many permits; at least one. As many may wait as come, for as long as it takes. */
    public static AsyncSemaphore of(int permits) {
        return of(permits, new WaitBounds(Duration.ofNanos(Nanos.FOREVER), Integer.MAX_VALUE));
    }

    /** So many permits, and bounds for the calls that wait. */
    public static AsyncSemaphore of(int permits, WaitBounds bounds) {
        return of(permits, bounds, TimeSource.system());
    }

    /** So many permits, bounds for those that wait, and the clock and timers. */
    public static AsyncSemaphore of(int permits, WaitBounds bounds, TimeSource time) {
        BulkheadSettings settings = new BulkheadSettings(permits, bounds, KeySettings.NONE, Scope.LOCAL);
        return new AsyncSemaphore(new BulkheadStep(settings, time), time);
    }

    /**
     * A permit as soon as one is free; cancelling the future, or an abort of the {@link
     * dev.settle.abort.AbortSignal#current() current signal}, leaves the line.
     */
    public CompletableFuture<Permit> acquire() {
        return acquire(1, Duration.ofNanos(Nanos.FOREVER));
    }

    /** Like {@link #acquire()}, refused with {@code WAIT_EXCEEDED} when it has taken so long. */
    public CompletableFuture<Permit> acquire(Duration maxWait) {
        return acquire(1, maxWait);
    }

    /**
     * Several permits at once. Lighter waiters do not overtake heavier ones.
     *
     * @throws IllegalArgumentException for less than one, or more than there are
     */
    public CompletableFuture<Permit> acquire(int permits, Duration maxWait) {
        check(permits);
        return new Acquisition(this, this.line, this.time).start(permits, maxWait);
    }

    /** A permit now, or empty; never overtakes those who wait. */
    public Optional<Permit> tryAcquire() {
        return tryAcquire(1);
    }

    /**
     * Several permits now, or empty; never overtakes those who wait.
     *
     * @throws IllegalArgumentException for less than one, or more than there are
     */
    public Optional<Permit> tryAcquire(int permits) {
        check(permits);
        return this.line.tryEnter(permits) ? Optional.of(permit(permits)) : Optional.empty();
    }

    private void check(int permits) {
        if (permits < 1 || permits > this.line.permits()) {
            throw new IllegalArgumentException(
                    permits + " permits can never be had; there are " + this.line.permits() + " in all");
        }
    }

    Permit permit(int permits) {
        return new Held(this.line, permits);
    }

    /** Changes the number of permits, at least one. Running work is not disturbed; a smaller number is reached as it ends. */
    public void resize(int permits) {
        this.step.tune(this.step.settings().withValue(permits));
    }

    /** How many permits are free. */
    public int free() {
        return this.line.free();
    }

    /** How many wait. */
    public int waiting() {
        return this.line.waiting();
    }

    /** Refuses those who wait, and all who come later, with {@code CLOSED}; running work ends normally. */
    @Override
    public void close() {
        this.line.close();
    }

    /** One permit, or several acquired together. Closing it twice is harmless. */
    public interface Permit extends AutoCloseable {

        /** Gives the permit back. */
        @Override
        void close();
    }

    private static final class Held extends AtomicBoolean implements Permit {

        private static final long serialVersionUID = 1L;

        private final transient PermitLine line;
        private final int permits;

        Held(PermitLine line, int permits) {
            this.line = line;
            this.permits = permits;
        }

        @Override
        public void close() {
            if (compareAndSet(false, true)) {
                this.line.release(this.permits);
            }
        }
    }
}
