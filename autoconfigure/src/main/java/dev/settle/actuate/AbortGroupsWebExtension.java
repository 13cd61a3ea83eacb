package dev.settle.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** The {@link AbortGroupsEndpoint} over HTTP: what it refuses is answered with a {@link Problem}. */
@EndpointWebExtension(endpoint = AbortGroupsEndpoint.class)
public class AbortGroupsWebExtension {

    private final AbortGroupsEndpoint endpoint;

    /** Creates the extension. */
    public AbortGroupsWebExtension(AbortGroupsEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Drains, or takes calls again. */
    @WriteOperation
    public WebEndpointResponse<Object> change(@Nullable String action) {
        return Problem.responseOf(() -> this.endpoint.change(action));
    }
}
