package dev.settle.flow;

import dev.settle.core.AsyncCall;
import dev.settle.core.AsyncFunction;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Workers that receive from a channel until it has been closed. */
final class Consumption<T, R extends @Nullable Object> extends Scope<@Nullable Void> implements Pump.Source {

    private final Channel<T> channel;
    private final AsyncFunction<? super T, R> fn;
    private final Pump pump;
    private volatile boolean drained;

    /** Touched only by the one thread that looks what comes next. */
    private boolean over;

    Consumption(Channel<T> channel, int workers, AsyncFunction<? super T, R> fn) {
        super("consume");
        this.channel = channel;
        this.fn = fn;
        this.pump = new Pump(workers, this::within, this);
    }

    CompletableFuture<@Nullable Void> start() {
        signal().onAbort(reason -> this.channel.cancel(reason.cause()));
        this.pump.look();
        return future();
    }

    @Override
    public @Nullable Runnable next(int running) {
        if (!this.over && !this.drained && !signal().aborted()) {
            return () -> begin(this.channel::receive, this::received);
        }
        if (!this.over) {
            this.over = true;
            leave();
        }
        return null;
    }

    @SuppressWarnings("NullableOptional") // there is none when receiving has failed
    private void received(@Nullable Optional<T> value, @Nullable Throwable failure) {
        if (value == null) {
            this.pump.ended();
        } else if (value.isEmpty()) {
            this.drained = true;
            this.pump.ended();
        } else {
            within(() -> deal(value.get()));
        }
    }

    /** Race: it may be given up between the value's coming and the function's beginning: then nobody else has the value. */
    private void deal(T value) {
        AtomicBoolean begun = new AtomicBoolean();
        AsyncCall<R> work = () -> {
            begun.set(true);
            return this.fn.apply(value);
        };
        begin(work, (done, failed) -> {
            if (!begun.get()) {
                this.channel.drop(value);
            }
            this.pump.ended();
        });
    }

    @Override
    protected @Nullable Void result() {
        return null;
    }
}
