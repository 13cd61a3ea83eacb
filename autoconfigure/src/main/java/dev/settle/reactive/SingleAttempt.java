package dev.settle.reactive;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One attempt at a single value. It settles when the publisher has completed, and not already with the value: until then
 * the work goes on, and a permit is held.
 */
final class SingleAttempt extends CompletableFuture<@Nullable Object> implements CoreSubscriber<Object> {

    private final WorkEnd end = new WorkEnd();
    private final Context context;
    private volatile @Nullable Subscription subscription;
    private volatile boolean cancelled;
    private @Nullable Object value;

    SingleAttempt(Context context) {
        this.context = this.end.in(context);
    }

    @Override
    public Context currentContext() {
        return this.context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        if (!Operators.validate(this.subscription, subscription)) {
            return;
        }
        this.subscription = subscription;
        // Race: a cancel before the line above found nothing to cancel, but has left its word before it looked.
        if (this.cancelled || isDone()) {
            subscription.cancel();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(Object next) {
        if (isDone() || this.value != null) {
            Operators.onNextDropped(next, this.context);
        } else {
            this.value = next;
        }
    }

    @Override
    public void onError(Throwable failure) {
        if (!completeExceptionally(failure)) {
            Operators.onErrorDropped(failure, this.context);
        }
    }

    @Override
    public void onComplete() {
        complete(this.value);
    }

    /**
     * Cancels the subscription. When this future is seen to be done, the work has been told, and is over where its end is
     * known.
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        this.cancelled = true;
        Subscription running = this.subscription;
        try {
            if (running != null && !isDone()) {
                running.cancel();
            }
        } finally {
            // Also when a subscription breaks the rules and throws: whoever follows must hear of an end.
            this.end.afterCancel(() -> super.cancel(mayInterruptIfRunning));
        }
        return isCancelled();
    }
}
