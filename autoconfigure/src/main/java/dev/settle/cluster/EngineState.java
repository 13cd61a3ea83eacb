package dev.settle.cluster;

import dev.settle.cluster.ClusterSettings.OnFailure;
import dev.settle.core.Failures;
import dev.settle.time.TimeSource;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What an instance knows of its engine: whether it is ready for questions, and whether it answers them.
 *
 * <p>An engine that is away must not keep each call for as long as it takes to learn that. Calls that may go on without it do so
 * at once, and one look in the background at a time finds out when it is back. Calls that need it are refused when it has failed
 * while they stood in line; who comes later asks anew.
 */
final class EngineState {

    /** The longest look: an application that starts has to load and connect its client. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final ClusterEngine engine;
    private final ClusterSettings settings;
    private final TimeSource time;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
    private final AtomicBoolean refused = new AtomicBoolean();
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final LongAdder failures = new LongAdder();
    private volatile long failedAt;
    private volatile long lookedAt;

    EngineState(ClusterEngine engine, ClusterSettings settings, TimeSource time) {
        this.engine = engine;
        this.settings = settings;
        this.time = time;
    }

    /** Completes, always normally, when it is worth while to ask: the engine is there, or it is known that it is away. */
    CompletableFuture<@Nullable Void> ready() {
        if (this.begun.compareAndSet(false, true)) {
            look();
        }
        return this.ready;
    }

    /** Looks for the engine in the background, unless somebody does. */
    private void look() {
        if (this.looking.compareAndSet(false, true)) {
            this.lookedAt = this.time.nanoTime();
            new Look().start();
        }
    }

    private final class Look {

        private final AtomicBoolean over = new AtomicBoolean();
        private final TimeSource.Timer patience =
                EngineState.this.time.schedule(PATIENCE, () -> over(new TimeoutException("It is not ready")));

        void start() {
            try {
                EngineState.this.time.execute(this::prepare);
            } catch (Throwable ex) {
                over(ex);
            }
        }

        private void prepare() {
            try {
                EngineState.this
                        .engine
                        .prepare(EngineState.this.settings.prefix())
                        .whenComplete((nothing, failure) -> over(failure));
            } catch (Throwable ex) {
                over(ex);
            }
        }

        private void over(@Nullable Throwable failure) {
            if (!this.over.compareAndSet(false, true)) {
                return;
            }
            this.patience.cancel();
            // One that refuses just this is there.
            if (failure == null || !failed(failure)) {
                answered();
            }
            EngineState.this.looking.set(false);
            EngineState.this.ready.complete(null);
        }
    }

    /** Whether the last question was not answered. */
    boolean away() {
        return this.away.get();
    }

    /** How many questions were not answered. */
    long failures() {
        return this.failures.sum();
    }

    /** Whether a call goes on without the engine, because it is away and the call may. */
    boolean standsAlone() {
        if (this.settings.onFailure() != OnFailure.LOCAL || !this.away.get()) {
            return false;
        }
        if (since(this.lookedAt) >= recently()) {
            look();
        }
        return true;
    }

    /** Whether the engine has failed a moment ago, since a call came. */
    boolean failedSince(long came) {
        long failed = this.failedAt;
        return this.away.get() && failed - came >= 0 && since(failed) < recently();
    }

    private long since(long then) {
        return this.time.nanoTime() - then;
    }

    private long recently() {
        return this.settings.commandTimeout().toNanos();
    }

    void answered() {
        if (this.away.get() && this.away.compareAndSet(true, false)) {
            log().log(Level.INFO, "{0} is back: calls count in all instances again", this.engine.name());
        }
    }

    /** Whether the failure of a question means that the engine is away. */
    boolean failed(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        this.failures.increment();
        if (!this.engine.isAway(cause)) {
            log().log(Level.DEBUG, "{0} refuses a question: {1}", this.engine.name(), cause);
            if (this.refused.compareAndSet(false, true)) {
                Failures.log(
                        Cluster.class, this.engine.name() + " refuses a question; others are logged as debug", cause);
            }
            return false;
        }
        this.failedAt = this.time.nanoTime();
        if (this.away.compareAndSet(false, true)) {
            String calls = switch (this.settings.onFailure()) {
                case FAIL -> "that need it are refused";
                case LOCAL -> "count in this instance only";
            };
            // Without the stack: each client says in its own way that nobody is there.
            log().log(
                            Level.WARNING,
                            "{0} does not answer: until it does, calls {1} ({2})",
                            this.engine.name(),
                            calls,
                            cause);
        }
        return true;
    }

    private static System.Logger log() {
        return System.getLogger(Cluster.class.getName());
    }
}
