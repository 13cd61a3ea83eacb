package dev.settle.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** The {@link ConcurrencyEndpoint} over HTTP: what it refuses is answered with a {@link Problem}. */
@EndpointWebExtension(endpoint = ConcurrencyEndpoint.class)
public class ConcurrencyWebExtension {

    private final ConcurrencyEndpoint endpoint;

    /** Creates the extension. */
    public ConcurrencyWebExtension(ConcurrencyEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** One name. */
    @ReadOperation
    public WebEndpointResponse<Object> named(@Selector String name) {
        return Problem.responseOf(() -> this.endpoint.named(name));
    }

    /** Changes settings. */
    @WriteOperation
    public WebEndpointResponse<Object> tune(@Selector String name, @Nullable String policy, @Nullable String settings) {
        return Problem.responseOf(() -> this.endpoint.tune(name, policy, settings));
    }

    /** Aborts calls. */
    @DeleteOperation
    public WebEndpointResponse<Object> abort(@Selector String name) {
        return Problem.responseOf(() -> this.endpoint.abort(name));
    }
}
