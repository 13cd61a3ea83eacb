package dev.settle.flow;

import org.jspecify.annotations.Nullable;

/** One who sends a value. */
final class Sending<T> extends Party<@Nullable Void> {

    private final Exchange<T> exchange;
    private final T value;
    private final Place<Sending<T>> place = new Place<>(this);

    Sending(Exchange<T> exchange, T value) {
        this.exchange = exchange;
        this.value = value;
    }

    T value() {
        return this.value;
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
