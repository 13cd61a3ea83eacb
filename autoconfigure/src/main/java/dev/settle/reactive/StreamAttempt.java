package dev.settle.reactive;

import dev.settle.abort.AbortSignal;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** One attempt at a stream. Its values go to the subscriber as they come; this settles when it has ended. */
final class StreamAttempt extends CompletableFuture<@Nullable Object> {

    private final Sinks.Empty<Object> cut = Sinks.empty();
    private volatile boolean cancelled;
    private volatile @Nullable Throwable failure;

    /**
     * The values without what ends them: whether a failure is the subscriber's, the policies decide. They are told after
     * whoever takes the values, who must be ready for the next attempt by then.
     */
    Flux<Object> of(Publisher<Object> publisher, AbortSignal signal) {
        return Flux.from(publisher)
                .contextWrite(subscriber -> SubscriberContext.attempt(subscriber, signal))
                .onErrorResume(this::failed)
                .takeUntilOther(this.cut.asMono())
                .doAfterTerminate(this::ended)
                .doOnCancel(() -> super.cancel(false));
    }

    private Flux<Object> failed(Throwable thrown) {
        this.failure = thrown;
        return Flux.empty();
    }

    private void ended() {
        Throwable thrown = this.failure;
        if (this.cancelled) {
            super.cancel(false);
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
        return super.cancel(mayInterruptIfRunning);
    }
}
