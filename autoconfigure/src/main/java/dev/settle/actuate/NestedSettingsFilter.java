package dev.settle.actuate;

import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes settings a text for the {@link ConcurrencyEndpoint} in Spring WebFlux; no other request is touched. */
public class NestedSettingsFilter implements WebFilter {

    private static final String BOOTS_HANDLERS = "org.springframework.boot.webflux.actuate.endpoint.web.";

    private final NestedSettings nested;

    /** Creates the filter. */
    public NestedSettingsFilter(Supplier<PathMappedEndpoints> endpoints) {
        this.nested = new NestedSettings(endpoints);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        boolean ours = request.getMethod() == HttpMethod.POST
                && this.nested.mayBeAt(request.getPath().value());
        return chain.filter(ours ? exchange.mutate().request(new Flat(exchange)).build() : exchange);
    }

    /** By who handles it, not by its path: the application may have that path for itself on a port of its own. */
    private boolean isForTheEndpoint(ServerWebExchange exchange) {
        return exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler
                && handler.getBeanType().getName().startsWith(BOOTS_HANDLERS)
                && exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof PathPattern pattern
                && this.nested.isAt(pattern.getPatternString());
    }

    /** Reads the body when somebody asks for it, so whoever is not let in has it not read, and it is known who handles it. */
    private final class Flat extends ServerHttpRequestDecorator {

        private final ServerWebExchange exchange;

        Flat(ServerWebExchange exchange) {
            super(exchange.getRequest());
            this.exchange = exchange;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return isForTheEndpoint(this.exchange) ? flat(super.getBody()) : super.getBody();
        }
    }

    /** Copies: two who join the same buffers, this and whoever decodes, both release them when the body is too long. */
    private static Flux<DataBuffer> flat(Flux<DataBuffer> body) {
        return body.map(NestedSettingsFilter::bytes)
                .collect(ByteArrayOutputStream::new, NestedSettingsFilter::append)
                .filter(all -> all.size() > 0)
                .<DataBuffer>map(
                        all -> DefaultDataBufferFactory.sharedInstance.wrap(NestedSettings.flat(all.toByteArray())))
                .flux();
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static void append(ByteArrayOutputStream all, byte[] bytes) {
        if (all.size() + bytes.length > NestedSettings.MOST_BYTES) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        all.writeBytes(bytes);
    }
}
