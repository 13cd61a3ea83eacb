package dev.settle.reactive;

import dev.settle.abort.AbortSignal;
import dev.settle.core.Work;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;

/** Calls the method, and subscribes to what it returns: both are the attempt. */
record SubscribingWork(String name, Work method, @Nullable ReactiveAdapter adapter, Subscribing subscribing)
        implements Work {

    /** Subscribes for one attempt. */
    @FunctionalInterface
    interface Subscribing {

        /** Settles when the publisher has ended; cancelling it cancels the subscription. */
        CompletionStage<?> subscribe(Publisher<Object> publisher, AbortSignal signal);
    }

    @Override
    public @Nullable Object run(AbortSignal signal) throws Throwable {
        Object returned = this.method.run(signal);
        if (returned == null) {
            throw new IllegalStateException("'" + this.name + "' returned null instead of a publisher");
        }
        return this.subscribing.subscribe(publisher(returned), signal);
    }

    @SuppressWarnings("unchecked") // what the values are, only the subscriber knows
    private Publisher<Object> publisher(Object returned) {
        return (this.adapter == null) ? (Publisher<Object>) returned : this.adapter.toPublisher(returned);
    }

    @Override
    public @Nullable Object target() {
        return this.method.target();
    }

    @Override
    public @Nullable Object[] arguments() {
        return this.method.arguments();
    }

    @Override
    public boolean asynchronous() {
        return true;
    }
}
