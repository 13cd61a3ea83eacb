package dev.settle.flow;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One who sends a value. */
final class Sending<T> extends Party<@Nullable Void> {

    private final Exchange<T> exchange;

    /** Null once nobody will take it. */
    private volatile @Nullable T value;

    private final Place<Sending<T>> place = new Place<>(this);

    Sending(Exchange<T> exchange, T value) {
        this.exchange = exchange;
        this.value = value;
    }

    /** Asked by whoever has met it, before it is told so. */
    T value() {
        return Objects.requireNonNull(this.value);
    }

    @Override
    protected void ended() {
        this.value = null;
    }

    Place<Sending<T>> place() {
        return this.place;
    }

    @Override
    protected void go() {
        this.exchange.send(this);
    }

    @Override
    protected void leave() {
        this.exchange.leave(this);
    }
}
