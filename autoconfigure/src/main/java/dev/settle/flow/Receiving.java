package dev.settle.flow;

import java.util.Optional;

/** One who receives a value. */
final class Receiving<T> extends Party<Optional<T>> {

    private final Exchange<T> exchange;
    private final Place<Receiving<T>> place = new Place<>(this);

    Receiving(Exchange<T> exchange) {
        this.exchange = exchange;
    }

    Place<Receiving<T>> place() {
        return this.place;
    }

    @Override
    protected void go() {
        this.exchange.receive(this);
    }

    @Override
    protected void leave() {
        this.exchange.leave(this);
    }
}
