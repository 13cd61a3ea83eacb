package dev.settle.web.servlet;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.RequestSource;
import dev.settle.web.RequestSources;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Gives each request a signal, which is the current one wherever the container handles the request: first, and when it is
 * dispatched again after an asynchronous wait. It aborts when the client is seen to have gone.
 */
public final class AbortSignalFilter implements Filter {

    private final RequestSources sources;
    private final ClientWatch watch;

    /**
     * Creates the filter.
     *
     * @param watch told of the requests that wait
     */
    public AbortSignalFilter(RequestSources sources, ClientWatch watch) {
        this.sources = sources;
        this.watch = watch;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(RequestSources.ATTRIBUTE) instanceof AbortSignal known) {
            handle(known, request, response, chain);
        } else if (request instanceof HttpServletRequest http) {
            first(http, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void first(HttpServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestSource source = this.sources.of(request::getHeader);
        request.setAttribute(RequestSources.ATTRIBUTE, source);
        try {
            handle(source, request, response, chain);
        } catch (IOException ex) {
            if (LostConnection.isReason(ex)) {
                source.abort(RequestSources.gone());
            }
            throw ex;
        } finally {
            if (request.isAsyncStarted()) {
                // The container has not yet gone on with what has been asked for meanwhile: no end is missed.
                AsyncEnd end = new AsyncEnd(source);
                request.getAsyncContext().addListener(end);
                end.watchedBy(this.watch, request);
            } else {
                source.close();
            }
        }
    }

    private static void handle(AbortSignal signal, ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        AbortSignal outer = CurrentSignal.swap(signal);
        try {
            chain.doFilter(request, response);
        } finally {
            CurrentSignal.swap(outer);
        }
    }
}
