package dev.settle.reactive;

import dev.settle.abort.AbortSignal;
import dev.settle.core.CallSite;
import dev.settle.core.Calls;
import dev.settle.core.Failures;
import dev.settle.core.Next;
import dev.settle.core.Work;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.ContextView;

/**
 * A method that returns a publisher: each subscription is a call of its own, and nothing happens before. An attempt calls
 * the method and subscribes to what it returns.
 */
public final class ReactiveCalls {

    private final CallSite site;
    private final Next chain;
    private final Work method;
    private final AbortSignal passed;
    private final @Nullable ReactiveAdapter adapter;

    /**
     * Creates the calls of one invocation.
     *
     * @param method calls the method
     * @param passed the signal that the caller passed
     * @param adapter for what the method returns, or null when that is a {@code Mono} or {@code Flux} already
     */
    public ReactiveCalls(
            CallSite site, Next chain, Work method, AbortSignal passed, @Nullable ReactiveAdapter adapter) {
        this.site = site;
        this.chain = chain;
        this.method = method;
        this.passed = passed;
        this.adapter = adapter;
    }

    /** At most one value. */
    public Object single() {
        return returned(Mono.create(sink -> subscribe(sink, Mono::from)));
    }

    /** Any number of values, as they come. */
    public Object stream() {
        // One attempt after another. With one asked for at a time and in advance, each is subscribed to at once, on the
        // thread that starts it, and a failure of the call does not wait for the subscriber's demand.
        return returned(Flux.<Publisher<Object>>create(this::subscribe).concatMap(Function.identity(), 1));
    }

    /** Any number of values, for several callers: collected as they come, because each caller takes them at its own pace. */
    public Object sharedStream() {
        Mono<List<Object>> all =
                Mono.create(sink -> subscribe(sink, values -> Flux.from(values).collectList()));
        return returned(all.flatMapIterable(Function.identity()));
    }

    private Object returned(Publisher<?> publisher) {
        return (this.adapter == null) ? publisher : this.adapter.fromPublisher(publisher);
    }

    private <T> void subscribe(MonoSink<T> sink, Function<Publisher<Object>, Mono<?>> outcome) {
        SubscriberSignal signal = new SubscriberSignal(this.site.name(), this.passed);
        sink.onCancel(signal);
        ContextView subscriber = sink.contextView();
        this.<T>start(
                signal,
                subscriber,
                (publisher, attempted) -> {
                    SingleAttempt attempt = new SingleAttempt(
                            SubscriberContext.attempt(this.site.host().context(), subscriber, attempted));
                    outcome.apply(publisher).subscribe(attempt);
                    return attempt;
                },
                sink::success,
                sink::error);
    }

    private void subscribe(FluxSink<Publisher<Object>> sink) {
        SubscriberSignal signal = new SubscriberSignal(this.site.name(), this.passed);
        sink.onCancel(signal);
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        ContextView subscriber = sink.contextView();
        start(
                signal,
                subscriber,
                (publisher, attempted) -> new StreamAttempt(
                        publisher,
                        SubscriberContext.attempt(this.site.host().context(), subscriber, attempted),
                        signal,
                        attempt -> emit(sink, attempt, thrown)),
                nothing -> sink.complete(),
                sink::error);
        Throwable fatal = thrown.get();
        if (fatal != null) {
            Exceptions.throwIfFatal(fatal);
        }
    }

    /**
     * Begins an attempt. What Reactor lets through here is fatal, and has left its loops as they were: they take nothing
     * more, and the subscriber can be told only by throwing on.
     */
    private static void emit(
            FluxSink<Publisher<Object>> sink, Publisher<Object> attempt, AtomicReference<@Nullable Throwable> thrown) {
        try {
            sink.next(attempt);
        } catch (Throwable ex) {
            thrown.set(ex);
            Failures.log(ReactiveCalls.class, "A stream broke, and its subscriber may not hear of it", ex);
            throw ex;
        }
    }

    /** What Reactor lets through here is fatal, and a future would keep it to itself. */
    private static <T> void tell(
            @Nullable T value, @Nullable Throwable failure, Consumer<@Nullable T> success, Consumer<Throwable> error) {
        try {
            if (failure != null) {
                error.accept(failure);
            } else {
                success.accept(value);
            }
        } catch (Throwable ex) {
            Failures.log(ReactiveCalls.class, "A subscriber broke when it was told the outcome of its call", ex);
            throw ex;
        }
    }

    private <T> void start(
            SubscriberSignal signal,
            ContextView subscriber,
            SubscribingWork.Subscribing subscribing,
            Consumer<@Nullable T> success,
            Consumer<Throwable> error) {
        // A subscriber that is gone when it has hardly come gets nothing started.
        if (signal.isDisposed()) {
            signal.close();
            return;
        }
        Work work = new SubscribingWork(this.site.name(), this.method, this.adapter, subscribing);
        SubscriberContext.run(this.site.host().context(), subscriber, () -> {
            CompletableFuture<T> call = Calls.async(this.site, this.chain, work, signal);
            call.whenComplete((value, failure) -> {
                signal.close();
                // One that has cancelled knows; Reactor would log what comes after that as an error.
                if (signal.isDisposed()) {
                    return;
                }
                tell(value, failure, success, error);
            });
        });
    }
}
