package dev.settle.web.reactive;

import dev.settle.abort.RequestSource;
import dev.settle.reactive.ReactiveAbortSignal;
import dev.settle.web.RequestSources;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/** Gives each exchange a signal, in Reactor's context of all that is subscribed to for it. It aborts when the client goes. */
public final class AbortSignalWebFilter implements WebFilter, Ordered {

    private final RequestSources sources;
    private final int order;

    /** Creates the filter. */
    public AbortSignalWebFilter(RequestSources sources, int order) {
        this.sources = sources;
        this.order = order;
    }

    @Override
    public int getOrder() {
        return this.order;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(() -> {
            RequestSource source = this.sources.of(exchange.getRequest().getHeaders()::getFirst);
            exchange.getAttributes().put(RequestSources.ATTRIBUTE, source);
            return chain.filter(exchange)
                    .contextWrite(context -> context.put(ReactiveAbortSignal.KEY, source))
                    // Once, and for a cancel only when nothing has ended the exchange before: some cancel after the
                    // end.
                    .doFinally(end -> ended(source, end));
        });
    }

    private static void ended(RequestSource source, SignalType end) {
        if (end == SignalType.CANCEL) {
            source.abort(RequestSources.gone());
        }
        source.close();
    }
}
