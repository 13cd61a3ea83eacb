package dev.settle.reactive;

import dev.settle.abort.AbortSignal;
import dev.settle.core.CallSite;
import dev.settle.core.Calls;
import dev.settle.core.Next;
import dev.settle.core.Work;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import reactor.core.Disposable;
import reactor.core.Disposables;
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
        // One attempt after another. Without prefetch each is subscribed to at once, on the thread that starts it.
        return returned(Flux.<Publisher<Object>>create(this::subscribe).concatMap(Function.identity(), 0));
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
        Disposable.Swap cancelling = Disposables.swap();
        sink.onCancel(cancelling);
        ContextView subscriber = sink.contextView();
        this.<T>start(
                cancelling,
                subscriber,
                (publisher, signal) -> {
                    SingleAttempt attempt = new SingleAttempt(SubscriberContext.attempt(subscriber, signal));
                    outcome.apply(publisher).subscribe(attempt);
                    return attempt;
                },
                sink::success,
                sink::error);
    }

    private void subscribe(FluxSink<Publisher<Object>> sink) {
        Disposable.Swap cancelling = Disposables.swap();
        sink.onCancel(cancelling);
        start(
                cancelling,
                sink.contextView(),
                (publisher, signal) -> {
                    StreamAttempt attempt = new StreamAttempt();
                    sink.next(attempt.of(publisher, signal));
                    return attempt;
                },
                nothing -> sink.complete(),
                sink::error);
    }

    private <T> void start(
            Disposable.Swap cancelling,
            ContextView subscriber,
            SubscribingWork.Subscribing subscribing,
            Consumer<@Nullable T> success,
            Consumer<Throwable> error) {
        // A subscriber that is gone when it has hardly come gets nothing started.
        if (cancelling.isDisposed()) {
            return;
        }
        Work work = new SubscribingWork(this.site.name(), this.method, this.adapter, subscribing);
        SubscriberContext.run(this.site.host().context(), subscriber, () -> {
            CompletableFuture<T> call = Calls.async(this.site, this.chain, work, this.passed);
            cancelling.update(() -> call.cancel(true));
            call.whenComplete((value, failure) -> {
                if (failure != null) {
                    error.accept(failure);
                } else {
                    success.accept(value);
                }
            });
        });
    }
}
