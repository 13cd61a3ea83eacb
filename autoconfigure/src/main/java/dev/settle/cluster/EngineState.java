package dev.settle.cluster;

import dev.settle.cluster.ClusterSettings.OnFailure;
import dev.settle.core.Failures;
import dev.settle.time.TimeSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What an instance knows of its engine: whether it has ever been found, and whether it answers.
 *
 * <p>An engine that is away must not keep each call for as long as it takes to learn that. Calls that may go on without it do so
 * at once, and one look in the background at a time finds out when it is back. Calls that need it are refused when it has failed
 * while they stood in line; who comes later asks anew. Before it has been found for the first time nobody asks: a client that has
 * never been connected may connect on the thread of whoever asks.
 *
 * <p>Race: answers and failures come in any order. A failure says nothing when something that was asked later has been answered,
 * and an answer nothing when it was asked for before the last failure.
 */
final class EngineState {

    /** The longest look: an application that starts has to load and connect its client. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /** What a call does. */
    enum Course {
        ASK,
        GO_ON_ALONE,
        BE_REFUSED
    }

    private final ClusterEngine engine;
    private final ClusterSettings settings;
    private final TimeSource time;
    private final EngineLog log;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final LongAdder failures = new LongAdder();
    private volatile boolean found;
    private volatile long failedAt;
    private volatile long answeredAt;
    private volatile long lookedAt;

    EngineState(ClusterEngine engine, ClusterSettings settings, TimeSource time) {
        this.engine = engine;
        this.settings = settings;
        this.time = time;
        this.log = new EngineLog(engine.name(), settings.onFailure(), time);
        this.failedAt = time.nanoTime();
        this.answeredAt = this.failedAt;
    }

    /** Completes, always normally, when the first look is over. */
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
            try {
                new Look().start();
            } catch (Throwable ex) {
                // Without a timer there is no look; the next call tries again, and who waits for the first one goes on.
                failed(ex, this.lookedAt);
                this.looking.set(false);
                this.ready.complete(null);
            }
        }
    }

    /** Race: it may block, and be over before it comes back: there is not another one until it has. */
    private final class Look {

        private final long askedAt = EngineState.this.time.nanoTime();
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final TimeSource.Timer patience =
                EngineState.this.time.schedule(PATIENCE, () -> over(new TimeoutException("It is not ready")));
        private volatile boolean cameBack;

        void start() {
            try {
                EngineState.this.time.execute(this::prepare);
            } catch (Throwable ex) {
                cameBack();
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
            cameBack();
        }

        private void cameBack() {
            this.cameBack = true;
            if (this.over.get()) {
                end();
            }
        }

        private void over(@Nullable Throwable failure) {
            if (!this.over.compareAndSet(false, true)) {
                return;
            }
            this.patience.cancel();
            // One that refuses just this is there.
            if (failure == null || !failed(failure, this.askedAt)) {
                EngineState.this.found = true;
                answered(this.askedAt);
            }
            if (this.cameBack) {
                end();
            }
            EngineState.this.ready.complete(null);
        }

        private void end() {
            if (this.ended.compareAndSet(false, true)) {
                EngineState.this.looking.set(false);
            }
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

    /** What a call does that came at that time. */
    Course course(long came) {
        boolean local = this.settings.onFailure() == OnFailure.LOCAL;
        if (!this.found || (local && this.away.get())) {
            if (since(this.lookedAt) >= recently()) {
                look();
            }
            return local ? Course.GO_ON_ALONE : Course.BE_REFUSED;
        }
        long failed = this.failedAt;
        boolean inLine = this.away.get() && failed - came >= 0 && since(failed) < recently();
        return inLine ? Course.BE_REFUSED : Course.ASK;
    }

    private long since(long then) {
        return this.time.nanoTime() - then;
    }

    private long recently() {
        return this.settings.commandTimeout().toNanos();
    }

    void answered(long askedAt) {
        this.answeredAt = this.time.nanoTime();
        if (this.away.get() && askedAt - this.failedAt >= 0 && this.away.compareAndSet(true, false)) {
            this.log.back();
        }
    }

    /** Whether the failure of a question means that the engine is away. */
    boolean failed(Throwable failure, long askedAt) {
        Throwable cause = Failures.unwrap(failure);
        this.failures.increment();
        if (!this.engine.isAway(cause)) {
            this.log.refuses(cause);
            return false;
        }
        if (askedAt - this.answeredAt >= 0) {
            this.failedAt = this.time.nanoTime();
            if (this.away.compareAndSet(false, true)) {
                this.log.away(cause);
            }
        }
        return true;
    }
}
