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
import java.util.function.Supplier;
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

    private final Supplier<Way> way;
    private final Work method;
    private final AbortSignal passed;
    private final @Nullable ReactiveAdapter adapter;

    /**
     * The way of one subscription through the policies.
     *
     * @param site where it comes in
     * @param chain the policies, linked around the method
     * @param shared whether one run of the method may be for several subscribers
     */
    public record Way(CallSite site, Next chain, boolean shared) {}

    /**
     * Creates the calls of one invocation.
     *
     * @param way asked by each subscription: what was assembled long ago goes the way of now
     * @param method calls the method
     * @param passed the signal that the caller passed
     * @param adapter for what the method returns, or null when that is a {@code Mono} or {@code Flux} already
     */
    public ReactiveCalls(Supplier<Way> way, Work method, AbortSignal passed, @Nullable ReactiveAdapter adapter) {
        this.way = way;
        this.method = method;
        this.passed = passed;
        this.adapter = adapter;
    }

    /** At most one value. */
    public Object single() {
        return returned(Mono.create(sink -> subscribe(this.way.get(), sink, Mono::from)));
    }

    /** Any number of values. */
    public Object stream() {
        return returned(Flux.defer(() -> stream(this.way.get())));
    }

    /** Whether it is shared goes by the way that is taken: one run for several would give a stream's values to one alone. */
    private Flux<Object> stream(Way own) {
        return own.shared() ? collected(own) : flowing(own);
    }

    /** As the values come. */
    private Flux<Object> flowing(Way own) {
        // One attempt after another. With one asked for at a time and in advance, each is subscribed to at once, on the
        // thread that starts it, and a failure of the call does not wait for the subscriber's demand.
        return Flux.<Publisher<Object>>create(sink -> subscribe(own, sink)).concatMap(Function.identity(), 1);
    }

    /** For several subscribers: collected as the values come, because each takes them at its own pace. */
    private Flux<Object> collected(Way own) {
        Mono<List<Object>> all = Mono.create(
                sink -> subscribe(own, sink, values -> Flux.from(values).collectList()));
        return all.flatMapIterable(Function.identity());
    }

    private Object returned(Publisher<?> publisher) {
        return (this.adapter == null) ? publisher : this.adapter.fromPublisher(publisher);
    }

    private <T> void subscribe(Way own, MonoSink<T> sink, Function<Publisher<Object>, Mono<?>> outcome) {
        SubscriberSignal signal = new SubscriberSignal(own.site().name(), this.passed);
        sink.onCancel(signal);
        ContextView subscriber = sink.contextView();
        this.<T>start(
                own,
                signal,
                subscriber,
                (publisher, attempted) -> {
                    SingleAttempt attempt = new SingleAttempt(
                            SubscriberContext.attempt(own.site().host().context(), subscriber, attempted));
                    outcome.apply(publisher).subscribe(attempt);
                    return attempt;
                },
                sink::success,
                sink::error);
    }

    private void subscribe(Way own, FluxSink<Publisher<Object>> sink) {
        SubscriberSignal signal = new SubscriberSignal(own.site().name(), this.passed);
        sink.onCancel(signal);
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        ContextView subscriber = sink.contextView();
        start(
                own,
                signal,
                subscriber,
                (publisher, attempted) -> new StreamAttempt(
                        publisher,
                        SubscriberContext.attempt(own.site().host().context(), subscriber, attempted),
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
            Way own,
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
        Work work = new SubscribingWork(own.site().name(), this.method, this.adapter, subscribing);
        SubscriberContext.run(own.site().host().context(), subscriber, () -> {
            CompletableFuture<T> call = Calls.async(own.site(), own.chain(), work, signal);
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
