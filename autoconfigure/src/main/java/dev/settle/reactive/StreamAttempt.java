package dev.settle.reactive;

import dev.settle.core.Followed;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * One attempt at a stream. Its values go to the subscriber as they come; this settles when it has ended. It begins when it
 * is followed: what the subscriber does with the values is not part of the method.
 */
final class StreamAttempt extends CompletableFuture<@Nullable Object> implements Followed {

    private final WorkEnd end = new WorkEnd();
    private final Sinks.Empty<Object> cut = Sinks.empty();
    private final Publisher<Object> publisher;
    private final Context context;
    private final Disposable call;
    private final Consumer<Publisher<Object>> subscribing;
    private volatile boolean cancelled;
    private volatile @Nullable Throwable failure;

    /**
     * Creates the attempt.
     *
     * @param context the attempt's, made where it begins: it may be subscribed to on the thread of somebody else
     * @param call what the subscriber gives up when it cancels
     * @param subscribing has the subscriber take the values
     */
    StreamAttempt(
            Publisher<Object> publisher, Context context, Disposable call, Consumer<Publisher<Object>> subscribing) {
        this.publisher = publisher;
        this.context = this.end.in(context);
        this.call = call;
        this.subscribing = subscribing;
    }

    @Override
    public void followed() {
        if (isDone()) {
            return;
        }
        try {
            this.subscribing.accept(Flux.defer(this::values));
        } catch (Throwable ex) {
            completeExceptionally(ex);
        }
    }

    /**
     * The values without what ends them: whether a failure is the subscriber's, the policies decide. They are told after
     * whoever takes the values, who must be ready for the next attempt by then. A subscriber that cancels gives up the
     * call, which cuts the values off.
     */
    private Flux<Object> values() {
        // Race: it may have been cancelled while the subscriber was still busy with the attempt before.
        if (isDone()) {
            return Flux.empty();
        }
        return Flux.from(this.publisher)
                .contextWrite(subscriber -> this.context)
                .onErrorResume(this::failed)
                .takeUntilOther(this.cut.asMono())
                .doAfterTerminate(this::ended)
                .doOnCancel(this.call::dispose);
    }

    private Flux<Object> failed(Throwable thrown) {
        this.failure = thrown;
        return Flux.empty();
    }

    private void ended() {
        Throwable thrown = this.failure;
        if (this.cancelled) {
            this.end.afterCancel(() -> super.cancel(false));
        } else if (thrown != null) {
            completeExceptionally(thrown);
        } else {
            complete(null);
        }
    }

    /** Ends the values at once, before anybody hears that this attempt is over. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (!isDone()) {
            this.cancelled = true;
            this.cut.tryEmitEmpty();
        }
        this.end.afterCancel(() -> super.cancel(mayInterruptIfRunning));
        return isCancelled();
    }
}
