package dev.settle.web.client;

import dev.settle.abort.AbortSignal;
import dev.settle.reactive.ReactiveAbortSignal;
import dev.settle.web.DeadlineHeader;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Sends the time left with a request of {@code WebClient}, unless the request names one itself: that of the signal in the
 * subscriber's context, else of the one current on the thread that subscribes.
 */
public final class DeadlineFilter implements ExchangeFilterFunction {

    private final DeadlineHeader header;

    /** Creates the filter. */
    public DeadlineFilter(DeadlineHeader header) {
        this.header = header;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return Mono.deferContextual(context -> next.exchange(withDeadline(request, signal(context))));
    }

    private static AbortSignal signal(ContextView context) {
        return context.hasKey(ReactiveAbortSignal.KEY) ? ReactiveAbortSignal.from(context) : AbortSignal.current();
    }

    private ClientRequest withDeadline(ClientRequest request, AbortSignal signal) {
        if (request.headers().containsHeader(this.header.name())) {
            return request;
        }
        return this.header
                .value(signal)
                .map(left -> ClientRequest.from(request)
                        .header(this.header.name(), left)
                        .build())
                .orElse(request);
    }
}
