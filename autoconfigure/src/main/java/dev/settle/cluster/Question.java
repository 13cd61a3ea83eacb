package dev.settle.cluster;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.Registration;
import dev.settle.cluster.ClusterSettings.OnFailure;
import dev.settle.core.ClusterLimit;
import dev.settle.core.Next;
import dev.settle.core.WaitingCall;
import dev.settle.queue.KeyedStates.Pinned;
import dev.settle.queue.PermitLine;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One question of a call to the engine. It is put again and again, so that a call that waits for long learns that the engine has
 * gone away, until there is an answer, or nobody waits for one any more.
 *
 * <p>Race: the answer, the end of patience, a cancel and the shutdown may meet. One CAS decides; a lease that comes when it is
 * too late is given back.
 *
 * @param <A> the engine's answers
 */
abstract class Question<A> {

    private final ClusterRun run;
    private final String key;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<@Nullable Pinned<PermitLine>> turn = new AtomicReference<>();
    private volatile TimeSource.@Nullable Timer later;
    private volatile @Nullable Registration onAbort;
    private volatile @Nullable Registration onStopping;

    Question(ClusterRun run, String key) {
        this.run = run;
        this.key = key;
    }

    /** Asks the engine, which answers within the time. */
    abstract CompletionStage<? extends A> ask(ClusterEngine engine, Duration wait);

    /** The engine has answered. */
    abstract void answered(@Nullable A answer, long askedAt);

    /** An answer that nobody waits for any more. */
    void unwanted(@Nullable A answer) {}

    /** How long the engine may let the question wait. */
    abstract long slice(long patience);

    /** Waits for its turn among those of this instance, and asks. */
    void start() {
        Pinned<PermitLine> line = this.run.step().askers().pin(this.key);
        if (line == null) {
            this.run.fail(this.run.refusal(Reason.KEYS, null));
        } else if (line.state().tryEnter(1)) {
            this.turn.set(line);
            begin();
        } else {
            new Turn(line).start();
        }
    }

    private void begin() {
        this.run.call().phase(phase());
        this.onAbort = this.run.call().signal().onAbort(this::givenUp);
        this.onStopping = this.run
                .call()
                .stopping()
                .onAbort(reason -> this.run.cluster().time().execute(() -> refuse(Reason.CLOSED, null)));
        if (this.over.get()) {
            clear();
            return;
        }
        CompletableFuture<?> ready = state().ready();
        if (ready.isDone()) {
            first();
            return;
        }
        if (this.run.limit().waits()) {
            later(this.run.patience(), () -> refuse(Reason.WAIT_EXCEEDED, null));
        }
        ready.whenComplete((nothing, never) -> first());
    }

    private void first() {
        cancel(this.later);
        try {
            switch (state().course(this.run.came())) {
                case ASK -> put();
                case GO_ON_ALONE -> goOnAlone();
                case BE_REFUSED -> refuse(Reason.ENGINE, null);
            }
        } catch (Throwable ex) {
            broken(ex);
        }
    }

    /** Something throws that must not, such as timers without a thread: nobody else would tell the call, nor let the next one ask. */
    private void broken(Throwable failure) {
        end();
        this.run.fail(failure);
    }

    private void goOnAlone() {
        if (end()) {
            this.run.goOnAlone();
        }
    }

    private void givenUp(AbortReason reason) {
        if (end()) {
            this.run.givenUp(AbortSource.exception(reason));
        }
    }

    /** Puts the question, once more. */
    final void put() {
        if (!this.over.get()) {
            try {
                new Asked().put();
            } catch (Throwable ex) {
                broken(ex);
            }
        }
    }

    /** Puts the question again, after some time. */
    final void putLater(Duration delay) {
        later(delay.toNanos(), this::put);
    }

    private void later(long nanos, Runnable task) {
        this.later = this.run.cluster().time().schedule(nanos, task);
        // Race: the question may have ended while the timer was being armed.
        if (this.over.get()) {
            clear();
        }
    }

    /** Whether this ends the question; what it held up goes on. */
    final boolean end() {
        if (!this.over.compareAndSet(false, true)) {
            return false;
        }
        clear();
        return true;
    }

    private void clear() {
        remove(this.onAbort);
        remove(this.onStopping);
        cancel(this.later);
        Pinned<PermitLine> line = this.turn.getAndSet(null);
        if (line != null) {
            line.state().release(1);
            this.run.step().askers().unpin(line);
        }
    }

    private static void cancel(TimeSource.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }

    private static void remove(@Nullable Registration registration) {
        if (registration != null) {
            registration.remove();
        }
    }

    final void refuse(Reason reason, @Nullable Duration retryAfter) {
        if (end()) {
            this.run.refuse(reason, retryAfter);
        }
    }

    private void failed(Throwable failure, long askedAt) {
        boolean away = state().failed(failure, askedAt);
        if (!away || this.run.cluster().settings().onFailure() == OnFailure.FAIL) {
            refuse(Reason.ENGINE, null);
        } else {
            goOnAlone();
        }
    }

    private EngineState state() {
        return this.run.cluster().state();
    }

    final ClusterRun run() {
        return this.run;
    }

    final String key() {
        return this.key;
    }

    /** The question, put once. */
    private final class Asked {

        private final AtomicBoolean answered = new AtomicBoolean();
        private final long at = Question.this.run.cluster().time().nanoTime();
        private volatile TimeSource.@Nullable Timer patience;
        private volatile boolean waits;

        void put() {
            Cluster cluster = Question.this.run.cluster();
            long wait = slice(Question.this.run.patience());
            this.waits = wait > 0 && cluster.waits().tryAcquire();
            if (!this.waits) {
                wait = 0;
            }
            this.patience = cluster.time()
                    .schedule(
                            wait + cluster.patience(),
                            () -> took(null, new TimeoutException("The engine did not answer")));
            try {
                ask(cluster.engine(), Duration.ofNanos(wait)).whenComplete(this::took);
            } catch (Throwable ex) {
                took(null, ex);
            }
        }

        /** Race: the answer may come while the time for it ends; the first of both is told. */
        private boolean first() {
            if (!this.answered.compareAndSet(false, true)) {
                return false;
            }
            if (this.waits) {
                Question.this.run.cluster().waits().release();
            }
            return true;
        }

        private void took(@Nullable A answer, @Nullable Throwable failure) {
            cancel(this.patience);
            if (!first()) {
                if (failure == null) {
                    unwanted(answer);
                }
            } else if (failure != null) {
                failed(failure, this.at);
            } else {
                state().answered(this.at);
                understand(answer);
            }
        }

        private void understand(@Nullable A answer) {
            try {
                answered(answer, this.at);
            } catch (Throwable ex) {
                // Also when it had ended the question already.
                broken(ex);
            }
        }
    }

    /** The wait for the turn among those of this instance. */
    private final class Turn extends WaitingCall {

        private final Pinned<PermitLine> line;

        Turn(Pinned<PermitLine> line) {
            super(
                    Question.this.run.call(),
                    Question.this.run.inside(),
                    Question.this.run.limit().policy(),
                    phase(),
                    line.state(),
                    Question.this.run.cluster().time());
            this.line = line;
        }

        void start() {
            ClusterLimit limit = Question.this.run.limit();
            // Who may not wait at the engine waits all the same until those before it have asked, which is soon.
            boolean waits = limit.waits();
            start(
                    limit.bounds(),
                    waits
                            ? Question.this.run.patience()
                            : Question.this.run.cluster().patience());
        }

        @Override
        protected void admitted(Next next) {
            // It fails when the caller's context cannot be set here.
            Question.this.run.inside(next);
            Question.this.turn.set(this.line);
            begin();
        }

        @Override
        protected void failed(Throwable failure) {
            Question.this.run.step().askers().unpin(this.line);
            Question.this.run.fail(failure);
        }

        @Override
        protected Throwable refusal(Reason reason) {
            ClusterLimit limit = Question.this.run.limit();
            boolean busy = reason == Reason.WAIT_EXCEEDED && !limit.waits();
            return Question.this.run.refusal(busy ? limit.busy() : reason, null);
        }
    }

    private CallPhase phase() {
        return switch (this.run.limit().kind()) {
            case LOCK -> CallPhase.WAITING_EXCLUSIVE;
            case PERMITS -> CallPhase.WAITING_BULKHEAD;
            case RATE -> CallPhase.WAITING_THROTTLE;
        };
    }
}
