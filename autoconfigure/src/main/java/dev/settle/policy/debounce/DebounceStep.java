package dev.settle.policy.debounce;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortEvent;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.AsyncCleanup;
import dev.settle.annotation.Debounce.OnShutdown;
import dev.settle.core.Call;
import dev.settle.core.CallStates;
import dev.settle.core.Next;
import dev.settle.core.TunableStep;
import dev.settle.queue.KeyedStates.Pinned;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for a pause, and runs once for all calls before it. */
final class DebounceStep implements TunableStep<DebounceSettings> {

    static final String POLICY = "debounce";

    private volatile DebounceSettings settings;
    private final TimeSource time;
    private final CallStates<Window> states;

    /** Nothing waits any more: what comes runs at once. */
    private volatile boolean hurried;

    /** The same until it is tuned: which it is when it is switched on again, before calls come. */
    private volatile boolean off;

    private volatile boolean closed;

    /** Asked when the first call comes: methods that nobody calls have nothing to settle. */
    private final AtomicReference<@Nullable Consumer<AsyncCleanup>> atFirstCall;

    /**
     * Creates the step.
     *
     * @param shutdown takes what is to be done at shutdown
     */
    DebounceStep(DebounceSettings settings, TimeSource time, Consumer<AsyncCleanup> shutdown) {
        this.settings = settings;
        this.time = time;
        this.atFirstCall = new AtomicReference<>(shutdown);
        this.states = new CallStates<>(POLICY, settings.keys(), () -> new Window(this));
    }

    /**
     * Goes on with other settings, from the next call on. A burst that goes on is due when it was to be, unless another
     * call of it comes: from that on, the new quiet period and longest wait count, also for those who wait already.
     */
    @Override
    public void tune(DebounceSettings other) {
        this.settings = other;
        this.off = false;
    }

    /**
     * Runs what is pending. It has been started, or handed to the thread that runs it, when this returns: nothing waits for
     * the end of a burst any more, but with {@code QUEUE} for the run before it. Who calls is not kept by what is run, so a
     * call that comes now may still be faster than a thread that is to begin.
     *
     * <p>Race: a call that has set out before may come here afterwards. As at shutdown, it runs at once.
     */
    @Override
    public void switchedOff() {
        this.off = true;
        flush();
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        if (this.closed) {
            return CompletableFuture.failedFuture(call.refuse(POLICY, null, Reason.CLOSED, null));
        }
        if (this.atFirstCall.get() != null) {
            begin();
        }
        Pinned<Window> window = this.states.pin(call);
        call.phase(CallPhase.WAITING_DEBOUNCE);
        try {
            return window.state().call(call, next, window);
        } finally {
            this.states.unpin(window);
        }
    }

    private void begin() {
        Consumer<AsyncCleanup> shutdown = this.atFirstCall.getAndSet(null);
        if (shutdown != null) {
            shutdown.accept(this::shutDown);
        }
    }

    /** Runs what is pending, and tells when that and what runs already has ended. */
    CompletableFuture<@Nullable Void> flush() {
        List<CompletableFuture<?>> runs = new ArrayList<>();
        this.states.forEach(window -> runs.addAll(window.flush()));
        return ended(runs);
    }

    /** Drops what is pending. */
    void cancel(Supplier<? extends Throwable> failure) {
        this.states.forEach(window -> window.cancel(failure));
    }

    /** Flushes, and refuses what comes later. */
    void close() {
        this.closed = true;
        this.hurried = true;
        flush();
    }

    /**
     * Settles everything in the phase of the bean.
     *
     * <p>Race: a call may come at the same time. It pins its window and then looks whether it is hurried; here it is said
     * first, and then all windows are looked at. So it runs at once, or its window is seen.
     */
    @Nullable
    CompletionStage<?> shutDown(AbortEvent event) {
        this.hurried = true;
        if (this.settings.onShutdown() == OnShutdown.CANCEL) {
            AbortReason reason = event.reason();
            cancel(() -> AbortSource.exception(reason));
        }
        CompletableFuture<@Nullable Void> ended = flush();
        // Race: the time may be over before this begins. What is started first is found by the abort, whenever that
        // comes.
        event.hard().onAbort(reason -> this.states.forEach(window -> window.abort(event.reason())));
        return ended;
    }

    private static CompletableFuture<@Nullable Void> ended(List<CompletableFuture<?>> runs) {
        return CompletableFuture.allOf(
                runs.stream().map(run -> run.handle((value, failure) -> null)).toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public Map<String, Long> state() {
        return this.states.keyed() ? Map.of("keys", (long) this.states.keys()) : Map.of();
    }

    boolean hurried() {
        return this.hurried || this.off;
    }

    DebounceSettings settings() {
        return this.settings;
    }

    CallStates<Window> states() {
        return this.states;
    }

    TimeSource time() {
        return this.time;
    }

    @Override
    public String toString() {
        return "Debounce " + Nanos.words(this.settings.value());
    }
}
