package dev.settle.actuate;

import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Makes settings a text for the {@link ConcurrencyEndpoint} in Spring WebFlux; no other request is touched. */
public final class NestedSettingsFilter implements WebFilter {

    private final Supplier<PathPattern> pattern;

    /** Creates the filter. */
    public NestedSettingsFilter(Supplier<PathMappedEndpoints> endpoints) {
        NestedSettings nested = new NestedSettings(endpoints);
        this.pattern = SingletonSupplier.of(() -> PathPatternParser.defaultInstance.parse(nested.pattern()));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        boolean ours = request.getMethod() == HttpMethod.POST
                && this.pattern.get().matches(request.getPath().pathWithinApplication());
        return chain.filter(ours ? exchange.mutate().request(new Flat(request)).build() : exchange);
    }

    /** Reads the body when somebody asks for it, so whoever is not let in has it not read. */
    private static final class Flat extends ServerHttpRequestDecorator {

        Flat(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return DataBufferUtils.join(super.getBody(), NestedSettings.MOST_BYTES)
                    .onErrorMap(
                            DataBufferLimitException.class,
                            ex -> new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE, null, ex))
                    .map(Flat::flat)
                    .flux();
        }

        private static DataBuffer flat(DataBuffer buffer) {
            byte[] body = new byte[buffer.readableByteCount()];
            buffer.read(body);
            DataBufferUtils.release(buffer);
            return buffer.factory().wrap(NestedSettings.flat(body));
        }
    }
}
