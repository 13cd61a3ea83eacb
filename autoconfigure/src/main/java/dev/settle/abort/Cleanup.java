package dev.settle.abort;

import dev.settle.abort.AbortReport.Outcome;
import dev.settle.time.Nanos;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One registered cleanup. */
final class Cleanup extends Entry implements Registration, AbortEvent {

    /** The cleanup that runs on this thread, to recognise one that waits for itself. */
    static final ThreadLocal<@Nullable Cleanup> RUNNING = new ThreadLocal<>();

    private final AsyncCleanup cleanup;
    private final long ownLimit;
    private final AbortSource hard = new HardSignal();
    private final InterruptibleSection section = new InterruptibleSection();
    private @Nullable CompletionStage<?> stage;

    Cleanup(Group group, String name, long ownLimit, AsyncCleanup cleanup) {
        super(group, name);
        this.ownLimit = ownLimit;
        this.cleanup = cleanup;
    }

    @Override
    Limit ownLimit(Limit given) {
        long now = this.group.time().nanoTime();
        return Limit.nearer(given, Limit.from(now, this.ownLimit, "its own limit"));
    }

    @Override
    void begin() {
        try {
            this.group.execute(this::run);
        } catch (Throwable ex) {
            settle(null, ex);
        }
    }

    private void run() {
        if (!start()) {
            return;
        }
        CompletionStage<?> started = null;
        Throwable thrown = null;
        AbortSignal outer = CurrentSignal.swap(this.hard);
        Cleanup around = RUNNING.get();
        RUNNING.set(this);
        this.section.enter();
        try {
            started = this.cleanup.cleanUp(this);
        } catch (Throwable ex) {
            thrown = ex;
        } finally {
            this.section.exit();
            runningAgain(around);
            CurrentSignal.swap(outer);
        }
        if (started == null) {
            settle(null, thrown);
        } else {
            follow(started);
        }
    }

    /** An executor may run a cleanup on the thread, and inside, of the one that registered it. */
    private static void runningAgain(@Nullable Cleanup around) {
        if (around != null) {
            RUNNING.set(around);
        } else {
            RUNNING.remove();
        }
    }

    private void follow(CompletionStage<?> started) {
        synchronized (this) {
            this.stage = started;
        }
        try {
            started.whenComplete((value, failure) -> settle(value, unwrap(failure)));
            // Race: the deadline may have passed between the start and the line that keeps the stage.
            if (this.hard.aborted()) {
                cancel(started);
            }
        } catch (Throwable ex) {
            settle(null, ex);
        }
    }

    @Override
    void stop(Limit exceeded) {
        this.hard.abort(AbortSource.timedOut("Cleanup '" + this.name + "'", exceeded.nanos(), exceeded.nanos()));
        CompletionStage<?> running;
        synchronized (this) {
            running = this.stage;
        }
        if (running != null) {
            cancel(running);
        }
        this.section.interrupt();
    }

    static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (Throwable ex) {
            // A stage that is no future cannot be cancelled, and one may break; it has been told by its signal.
        }
    }

    static @Nullable Throwable unwrap(@Nullable Throwable failure) {
        return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
    }

    @Override
    List<StackTraceElement> frames() {
        return this.section.frames();
    }

    @Override
    public boolean remove() {
        return this.group.members().remove(this);
    }

    boolean removeStarted() {
        return settle(Outcome.REMOVED, null, null);
    }

    @Override
    public AbortReason reason() {
        return this.group.reason();
    }

    @Override
    public Duration remaining() {
        Limit limit = limit();
        return (limit == null) ? Duration.ZERO : Nanos.between(this.group.time().nanoTime(), limit.at());
    }

    @Override
    public AbortSignal hard() {
        return this.hard;
    }

    /** Its deadline is the cleanup's limit, which may be shortened while it runs. */
    private final class HardSignal extends AbortSource {

        @Override
        public boolean settling() {
            return true;
        }

        @Override
        @Nullable
        Deadline deadline() {
            Limit nearest = limit();
            return (nearest == null) ? null : new Deadline(Cleanup.this.group.time(), nearest.at());
        }
    }
}
