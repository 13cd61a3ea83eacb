package dev.settle.reactive;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;
import reactor.util.context.Context;

/** A subscriber that remembers everything it is told. */
class Seen<T> extends BaseSubscriber<T> {

    private final Queue<Object> signals = new ConcurrentLinkedQueue<>();
    private final long demand;
    private final Context context;

    private Seen(long demand, Context context) {
        this.demand = demand;
        this.context = context;
    }

    /** One that is yet to subscribe, and will ask for everything. */
    static <T> Seen<T> ready() {
        return new Seen<>(Long.MAX_VALUE, Context.empty());
    }

    /** Subscribes, and asks for everything. */
    static <T> Seen<T> of(Publisher<T> publisher) {
        return of(publisher, Long.MAX_VALUE);
    }

    /** Subscribes, and asks for so much to begin with. */
    static <T> Seen<T> of(Publisher<T> publisher, long demand) {
        return of(publisher, demand, Context.empty());
    }

    static <T> Seen<T> of(Publisher<T> publisher, long demand, Context context) {
        Seen<T> seen = new Seen<>(demand, context);
        publisher.subscribe(seen);
        return seen;
    }

    @Override
    public Context currentContext() {
        return this.context;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        if (this.demand > 0) {
            request(this.demand);
        }
    }

    @Override
    protected void hookOnNext(T value) {
        this.signals.add(value);
    }

    @Override
    protected void hookOnError(Throwable failure) {
        this.signals.add(failure);
    }

    @Override
    protected void hookOnComplete() {
        this.signals.add(SignalType.ON_COMPLETE);
    }

    /** Values, then the failure or {@link SignalType#ON_COMPLETE}, if there has been an end. */
    List<Object> signals() {
        return List.copyOf(this.signals);
    }

    /** How often it has heard of an end. */
    long ends() {
        return this.signals.stream()
                .filter(signal -> signal == SignalType.ON_COMPLETE || signal instanceof Throwable)
                .count();
    }

    /** Values and the regular end. */
    static Object[] completed(Object... values) {
        Object[] all = Arrays.copyOf(values, values.length + 1, Object[].class);
        all[values.length] = SignalType.ON_COMPLETE;
        return all;
    }

    /** The failure it has ended with. */
    Throwable failure() {
        return (Throwable) this.signals.stream()
                .filter(Throwable.class::isInstance)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No failure among " + this.signals));
    }
}
