package dev.settle.web.servlet;

import dev.settle.abort.AbortReason;
import dev.settle.abort.RequestSource;
import dev.settle.web.RequestSources;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;

/** Hears how a request ends that goes on after its thread has left it. */
final class AsyncEnd implements AsyncListener {

    private final RequestSource source;
    private volatile Runnable unwatch = () -> {};

    AsyncEnd(RequestSource source) {
        this.source = source;
    }

    void watchedBy(ClientWatch watch, HttpServletRequest request) {
        this.unwatch = watch.watch(request, () -> this.source.abort(RequestSources.gone()));
    }

    /** The container says so without a failure too, when a client resets a stream of HTTP/2. */
    @Override
    public void onError(AsyncEvent event) {
        Throwable failure = event.getThrowable();
        if (failure == null || LostConnection.isReason(failure)) {
            this.source.abort(RequestSources.gone());
        }
    }

    /** The container answers, and nobody is told any more what comes of the work. */
    @Override
    public void onTimeout(AsyncEvent event) {
        this.source.abort(new AbortReason(
                AbortReason.Kind.TIMEOUT, "The request has waited longer than the server allows", null));
    }

    /** The container forgets its listeners when a request begins to wait again. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        this.unwatch.run();
        this.source.close();
    }
}
