package dev.settle.flow;

import dev.settle.core.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's run through {@link Pages}, as the Reactive Streams rules want it: one signal at a time, no more pages than
 * were requested, nothing after the end.
 */
final class PageSubscription<C, P> extends PagesRun<C, P> implements Flow.Subscription {

    private final Flow.Subscriber<? super P> subscriber;
    private final AtomicLong requested = new AtomicLong();

    /** Nothing is signalled before the subscriber has been told that it is one; it may request then. */
    private volatile boolean subscribed;

    PageSubscription(Pages<C, P> pages, Flow.Subscriber<? super P> subscriber) {
        super(pages);
        this.subscriber = subscriber;
    }

    @Override
    CompletableFuture<@Nullable Void> start() {
        try {
            this.subscriber.onSubscribe(this);
        } catch (Throwable ex) {
            // It must not throw (rule 2.13), and will hear nothing more.
            cancel();
            throw ex;
        }
        this.subscribed = true;
        future().handle(this::end);
        // One that requests nothing is not looked after by anybody else.
        signal().onAbort(reason -> look());
        return super.start();
    }

    /** One that has cancelled is told nothing more. */
    private @Nullable Void end(@Nullable Void nothing, @Nullable Throwable failure) {
        if (future().isCancelled()) {
            return null;
        }
        if (failure == null) {
            this.subscriber.onComplete();
        } else {
            this.subscriber.onError(Failures.unwrap(failure));
        }
        return null;
    }

    /** Not as a part: one that cancels, itself or from elsewhere, must not find its own thread interrupted. */
    @Override
    void hand(P page) {
        enter();
        try {
            this.subscriber.onNext(page);
        } catch (Throwable ex) {
            fail(ex);
        }
        handed();
        leave();
    }

    @Override
    boolean wanted() {
        // Only the thread that looks what comes next takes one away; without a limit stays so.
        return this.subscribed && this.requested.getAndUpdate(PageSubscription::oneLess) > 0;
    }

    private static long oneLess(long now) {
        return (now == 0 || now == Long.MAX_VALUE) ? now : now - 1;
    }

    @Override
    public void request(long pages) {
        if (pages <= 0) {
            fail(new IllegalArgumentException(
                    "request(" + pages + "): at least one page must be requested (rule 3.9)"));
        } else {
            this.requested.accumulateAndGet(pages, (now, more) -> (now + more < 0) ? Long.MAX_VALUE : now + more);
        }
        look();
    }

    @Override
    public void cancel() {
        future().cancel(true);
        look();
    }
}
