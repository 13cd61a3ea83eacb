package dev.settle.policy.debounce;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Debounce.OnShutdown;
import dev.settle.annotation.Debounce.Running;
import dev.settle.annotation.Debounce.Superseded;
import dev.settle.core.AsyncFunction;
import dev.settle.core.CallKey;
import dev.settle.core.CallSite;
import dev.settle.core.Calls;
import dev.settle.core.KeySettings;
import dev.settle.core.Next;
import dev.settle.core.Work;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects calls until they pause, then runs once with the latest argument.
 *
 * <pre class="code">
 * Debouncer&lt;String, List&lt;Hit&gt;&gt; search = Debouncer.after(Duration.ofMillis(300), index::find).build();
 * CompletableFuture&lt;List&lt;Hit&gt;&gt; hits = search.call("sett");
 * </pre>
 *
 * A caller that cancels withdraws its argument, and that of the latest other one is used; the run is aborted only when
 * nobody wants its outcome any more.
 */
public final class Debouncer<T, R> implements AutoCloseable {

    private final CallSite site = CallSite.plain("debouncer");
    private final AsyncFunction<? super T, R> function;
    private final DebounceStep step;
    private final Next chain;

    private Debouncer(AsyncFunction<? super T, R> function, DebounceStep step) {
        this.function = function;
        this.step = step;
        this.chain = Next.link(List.of(step));
    }

    /** Starts a debouncer with a quiet period; zero collects the calls of one moment. */
    public static <T, R> Builder<T, R> after(Duration quiet, AsyncFunction<? super T, R> function) {
        return new Builder<>(quiet, function);
    }

    /**
     * The outcome of the run that covers this call.
     *
     * @return fails with {@link dev.settle.CallRejectedException} {@code CLOSED} after {@link #close()}
     */
    public CompletableFuture<R> call(T argument) {
        return Calls.async(this.site, this.chain, new Argument(argument), AbortSignal.never());
    }

    /** Runs now what is pending; completes, always normally, when that and what runs already has ended. */
    public CompletableFuture<Void> flush() {
        CompletableFuture<Void> flushed = new CompletableFuture<>();
        // Not on the thread of the run: its callers are told after this.
        this.step.flush().whenComplete((nothing, failure) -> this.step.time().execute(() -> flushed.complete(null)));
        return flushed;
    }

    /** Drops what is pending: its callers get an {@link AbortedException}. The next call begins anew. */
    public void cancel() {
        this.step.cancel(() -> new AbortedException(AbortReason.application("The debouncer was cancelled")));
    }

    /** Runs now what is pending, without waiting for it, and refuses what comes later. */
    @Override
    public void close() {
        this.step.close();
    }

    /** How many keys have an open window or a run that goes on. */
    public int keys() {
        return this.step.states().keys();
    }

    private final class Argument implements Work {

        private final T value;

        Argument(T value) {
            this.value = value;
        }

        @Override
        public @Nullable Object run(AbortSignal signal) throws Exception {
            return Debouncer.this.function.apply(this.value);
        }

        @Override
        public @Nullable Object[] arguments() {
            return new @Nullable Object[] {this.value};
        }

        @Override
        public boolean asynchronous() {
            return true;
        }
    }

    /** Builds a debouncer. */
    public static final class Builder<T, R> {

        private final Duration quiet;
        private final AsyncFunction<? super T, R> function;
        private @Nullable Duration maxWait;
        private boolean leading;
        private boolean trailing = true;
        private Superseded superseded = Superseded.SHARE;
        private Running running = Running.OVERLAP;
        private @Nullable CallKey key;
        private TimeSource time = TimeSource.system();

        private Builder(Duration quiet, AsyncFunction<? super T, R> function) {
            this.quiet = quiet;
            this.function = function;
        }

        /** The longest time that a steady stream of calls may postpone the run; default for ever. */
        public Builder<T, R> maxWait(Duration maxWait) {
            this.maxWait = maxWait;
            return this;
        }

        /** The first call of a burst runs at once; the others share a run at its end. */
        public Builder<T, R> leading() {
            this.leading = true;
            return this;
        }

        /** Only the first call of a burst runs, at once; the others share its outcome. */
        public Builder<T, R> leadingOnly() {
            this.trailing = false;
            return leading();
        }

        /** Callers whose arguments are not used get a {@link dev.settle.SupersededException} when the next call comes. */
        public Builder<T, R> cancelSuperseded() {
            this.superseded = Superseded.CANCEL;
            return this;
        }

        /** What a run does that is due while the one before is still going on; default {@code OVERLAP}. */
        public Builder<T, R> running(Running running) {
            this.running = running;
            return this;
        }

        /** A window for each key; default one for all. A null key fails the call. */
        @SuppressWarnings("unchecked") // the only argument is a T
        public Builder<T, R> keyedBy(Function<? super T, ?> key) {
            this.key = call -> key.apply((T) call.arguments()[0]);
            return this;
        }

        /** The clock and timers; default the system's. */
        public Builder<T, R> time(TimeSource time) {
            this.time = time;
            return this;
        }

        /**
         * Builds the debouncer.
         *
         * @throws dev.settle.core.InvalidSettingException when settings cannot be, or not together
         */
        public Debouncer<T, R> build() {
            DebounceSettings settings = new DebounceSettings(
                    this.quiet,
                    this.maxWait,
                    this.leading,
                    this.trailing,
                    this.superseded,
                    this.running,
                    OnShutdown.FLUSH,
                    new KeySettings(this.key, Integer.MAX_VALUE));
            return new Debouncer<>(this.function, new DebounceStep(settings, this.time, cleanup -> {}));
        }
    }
}
