package dev.settle.ui;

import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/** Sets the page's headers in Spring WebFlux, and tells its streams what they are written to; no other answer is touched. */
public final class ReactiveHeaders implements WebFilter {

    /** Before the name of the file; platforms have the endpoints below a path of their own as well as below Boot's. */
    private final Supplier<String> path;

    private final Supplier<String> stream;

    /** The endpoints are not looked for before the first request. */
    public ReactiveHeaders(Supplier<PathMappedEndpoints> endpoints) {
        this.path = SingletonSupplier.of(() -> "/" + LivePaths.path(endpoints.get(), LivePaths.OWN));
        this.stream = SingletonSupplier.of(() -> this.path.get() + "/stream");
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> {
            if (exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof PathPattern pattern
                    && isOurs(pattern.getPatternString())) {
                LiveHeaders.ALL.forEach(exchange.getResponse().getHeaders()::set);
            }
            return Mono.empty();
        });
        if (!exchange.getRequest().getPath().value().endsWith(this.stream.get())) {
            return chain.filter(exchange);
        }
        ReactiveAnswer answer = new ReactiveAnswer(exchange.getResponse());
        return chain.filter(exchange).doFinally(signal -> answer.ended()).contextWrite(answer::addTo);
    }

    private boolean isOurs(String pattern) {
        return pattern.endsWith(this.path.get()) || pattern.endsWith(this.path.get() + "/{part}");
    }
}
