package dev.settle.policy.debounce;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Debounce.OnShutdown;
import dev.settle.annotation.Debounce.Running;
import dev.settle.annotation.Debounce.Superseded;
import dev.settle.core.Call;
import dev.settle.core.Futures;
import dev.settle.core.Next;
import dev.settle.core.SharedRun;
import dev.settle.queue.KeyedStates.Pinned;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one key: a burst, from its first call until the pause, and the runs that come of it.
 *
 * <p>Race: calls, the timer, callers that leave and runs that end may all meet here. What is to be done is decided under the
 * lock; runs are started, and callers told, outside it.
 */
final class Window {

    private final DebounceStep step;

    // Guarded by this.
    /** Those of the latest call: what waits, and what is due without a further call, goes by them. */
    private DebounceSettings settings;

    private final Pause pause;
    private @Nullable Pinned<Window> pinned;
    private @Nullable Next next;
    private int holds;

    /** The run that gathers callers. */
    private @Nullable SharedRun pending;

    /** The pending run is due, and waits only for the one before it. */
    private boolean due;

    /** The run that the burst began with; those who may not cause another share it. */
    private @Nullable SharedRun led;

    /** In the order in which they began. */
    private final Set<SharedRun> running = new LinkedHashSet<>();

    Window(DebounceStep step) {
        this.step = step;
        this.settings = step.settings();
        this.pause = new Pause(step.time(), this::look);
        this.pause.use(this.settings);
    }

    /** A call comes; the window is pinned for as long as this takes. */
    CompletableFuture<@Nullable Object> call(Call call, Next inner, Pinned<Window> self) {
        CompletableFuture<@Nullable Object> share;
        SharedRun start = null;
        SharedRun gathering;
        int callers;
        DebounceSettings own;
        synchronized (this) {
            this.pinned = self;
            this.next = inner;
            // Asked here: who comes later must not bring back what was before.
            own = this.step.settings();
            use(own);
            long now = this.pause.now();
            boolean hurried = this.step.hurried();
            boolean atOnce = hurried || leads(now);
            if (!hurried) {
                open(now);
            }
            gathering = this.led;
            share = (atOnce || own.trailing()) ? null : follow(call);
            boolean runs = share == null && (atOnce || !own.trailing()) && !mustQueue();
            if (runs && (hurried || this.pending == null)) {
                gathering = null;
                start = begin(fresh());
                share = gathered(start.gather(call));
                this.led = hurried ? this.led : start;
                this.pause.ran(now);
            } else if (share == null) {
                share = gather(call);
                gathering = this.pending;
                this.due = this.pending != null && (this.due || atOnce || !own.trailing());
                if (runs) {
                    // The settings have changed. Who was to wait longer by the old ones must not run after this call.
                    start = take();
                    this.led = start;
                    this.pause.ran(now);
                }
            }
            this.pause.arm(now, mayBeDue());
            // Here, where calls come one after another: of two that come together only one finds another before it.
            callers = (gathering == null) ? 0 : gathering.callers();
        }
        if (gathering != null) {
            coalesced(gathering, callers, call, own.superseded());
        }
        launch(start, call);
        return share;
    }

    private void use(DebounceSettings other) {
        if (this.settings != other) {
            this.settings = other;
            this.pause.use(other);
        }
    }

    /** Whether a call that comes now begins a run: the first of a burst, or after so long that no further is allowed to wait. */
    private boolean leads(long now) {
        return this.settings.leading()
                && (!this.pause.isOpen() || (!this.settings.trailing() && this.pause.isOverdue(now)));
    }

    private boolean mustQueue() {
        return this.settings.running() == Running.QUEUE && !this.running.isEmpty();
    }

    /** A share of the run that the burst began with, also when it has ended; null when everybody has given it up. */
    private @Nullable CompletableFuture<@Nullable Object> follow(Call call) {
        SharedRun first = this.led;
        if (first == null) {
            return null;
        }
        CompletableFuture<@Nullable Object> share = first.join(call);
        if (share == null && first.result().isDone() && !first.signal().aborted()) {
            share = new CompletableFuture<>();
            Futures.relay(first.result(), share);
        }
        return share;
    }

    private CompletableFuture<@Nullable Object> gather(Call call) {
        while (true) {
            if (this.pending == null) {
                this.pending = fresh();
            }
            CompletableFuture<@Nullable Object> share = this.pending.gather(call);
            if (share != null) {
                return share;
            }
            // Race: all who were in it have just left; over() is about to take it away.
            this.pending = null;
        }
    }

    private static CompletableFuture<@Nullable Object> gathered(@Nullable CompletableFuture<@Nullable Object> share) {
        if (share == null) {
            throw new IllegalStateException("A run that nobody else knows has been left");
        }
        return share;
    }

    private SharedRun fresh() {
        return new SharedRun(this.step.time(), this.settings.onShutdown() == OnShutdown.FLUSH, this::over);
    }

    /** A run has ended, or everybody has left it. */
    private synchronized void over(SharedRun run) {
        if (this.pending == run) {
            this.pending = null;
            this.due = false;
            // After a leading run the pause counts even if nobody waits for it.
            if (!this.settings.leading()) {
                close();
            }
        }
    }

    private void open(long now) {
        if (!this.pause.isOpen()) {
            hold();
        }
        this.pause.called(now);
    }

    private void close() {
        if (this.pause.isOpen()) {
            this.pause.close();
            this.led = null;
            release();
        }
    }

    /** The key is in use as long as the window is open or a run goes on. */
    private void hold() {
        if (this.holds++ == 0 && this.pinned != null) {
            this.step.states().keep(this.pinned);
        }
    }

    private void release() {
        if (--this.holds == 0 && this.pinned != null) {
            this.step.states().unpin(this.pinned);
        }
    }

    private boolean mayBeDue() {
        return this.pending != null && !this.due;
    }

    /** The timer. */
    private void look(int which) {
        SharedRun start = null;
        synchronized (this) {
            if (!this.pause.fired(which)) {
                return;
            }
            long now = this.pause.now();
            boolean over = this.pause.isOver(now);
            if (mayBeDue() && (over || this.pause.isOverdue(now))) {
                start = takeOrQueue();
                this.pause.ran(now);
            }
            if (over) {
                close();
            }
            this.pause.arm(now, mayBeDue());
        }
        launch(start, null);
    }

    private @Nullable SharedRun takeOrQueue() {
        if (mustQueue()) {
            this.due = true;
            return null;
        }
        return take();
    }

    private @Nullable SharedRun take() {
        SharedRun taken = this.pending;
        this.pending = null;
        this.due = false;
        return (taken == null) ? null : begin(taken);
    }

    /** From now on the run goes on, for those who must queue behind it. */
    private SharedRun begin(SharedRun run) {
        this.running.add(run);
        hold();
        return run;
    }

    private void launch(@Nullable SharedRun run, @Nullable Call here) {
        if (run == null) {
            return;
        }
        Next inner;
        boolean alone;
        synchronized (this) {
            inner = this.next;
            alone = this.settings.running() == Running.ABORT;
        }
        if (alone) {
            AbortReason reason = AbortReason.superseded("A later run has taken the place of this one");
            before(run).forEach(earlier -> end(earlier, reason));
        }
        // It may also end without having begun.
        run.result().whenComplete((value, failure) -> ended(run));
        if (inner != null) {
            run.start((call, within) -> within.start(call), inner, here);
        }
    }

    private synchronized List<SharedRun> before(SharedRun run) {
        List<SharedRun> all = new ArrayList<>(this.running);
        return all.subList(0, Math.max(0, all.indexOf(run)));
    }

    private void ended(SharedRun run) {
        SharedRun start = null;
        synchronized (this) {
            if (this.running.remove(run)) {
                if (this.due && !mustQueue()) {
                    start = take();
                }
                release();
            }
        }
        launch(start, null);
    }

    private static void coalesced(SharedRun gathering, int callers, Call call, Superseded superseded) {
        if (callers > 1) {
            call.emit(DebounceEvent.COALESCED, callers);
        }
        if (call.detached()) {
            // Nobody waits for the earlier ones, and nobody can take them back: a steady stream must not pile up.
            gathering.supersedeEarlier(null);
        } else if (superseded == Superseded.CANCEL) {
            gathering.supersedeEarlier(
                    AbortReason.superseded("A later call of '" + call.name() + "' has taken the place of this one"));
        }
    }

    /** Runs now what is pending; what runs, and what will, is told by what is returned. */
    List<CompletableFuture<?>> flush() {
        List<CompletableFuture<?>> runs = new ArrayList<>();
        SharedRun start = null;
        synchronized (this) {
            this.running.forEach(run -> runs.add(run.told()));
            if (this.pending != null) {
                runs.add(this.pending.told());
                start = takeOrQueue();
            }
            close();
        }
        launch(start, null);
        return runs;
    }

    /** Drops what is pending; the next call begins a new burst. */
    void cancel(Supplier<? extends Throwable> failure) {
        SharedRun dropped;
        synchronized (this) {
            dropped = this.pending;
            this.pending = null;
            this.due = false;
            close();
        }
        if (dropped != null) {
            dropped.giveUp(failure);
        }
    }

    /** Drops what is pending, and aborts what runs. */
    void abort(AbortReason reason) {
        cancel(() -> AbortSource.exception(reason));
        List<SharedRun> all;
        synchronized (this) {
            all = List.copyOf(this.running);
        }
        all.forEach(run -> end(run, reason));
    }

    /** Race: a run whose turn has come may not have started yet; then it never does. */
    private static void end(SharedRun run, AbortReason reason) {
        run.giveUp(() -> AbortSource.exception(reason));
        run.abort(reason);
    }
}
