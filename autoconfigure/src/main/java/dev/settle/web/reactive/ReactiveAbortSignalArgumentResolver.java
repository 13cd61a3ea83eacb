package dev.settle.web.reactive;

import dev.settle.abort.AbortSignal;
import dev.settle.web.RequestSources;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.SyncHandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;

/** The signal of the exchange, for a parameter of a controller's method. */
public final class ReactiveAbortSignalArgumentResolver implements SyncHandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == AbortSignal.class;
    }

    @Override
    public Object resolveArgumentValue(MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(RequestSources.ATTRIBUTE, AbortSignal.current());
    }
}
