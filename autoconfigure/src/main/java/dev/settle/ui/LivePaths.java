package dev.settle.ui;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Where the page is, and where it finds the endpoint that knows plans and changes settings. */
public final class LivePaths {

    static final EndpointId OWN = EndpointId.of(SettleUiEndpoint.ID);

    private static final EndpointId CONCURRENCY = EndpointId.of("concurrency");

    private final Supplier<PathMappedEndpoints> endpoints;
    private final Supplier<@Nullable EndpointAccessResolver> access;
    private final Environment environment;

    /** The endpoints are not looked for before the first request. */
    public LivePaths(
            Supplier<PathMappedEndpoints> endpoints,
            Supplier<@Nullable EndpointAccessResolver> access,
            Environment environment) {
        this.endpoints = endpoints;
        this.access = access;
        this.environment = environment;
    }

    /** The last part of the page's address: what is below it is told relative to it. */
    public String own() {
        String path = path(OWN);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What the page is told of the application. */
    public Map<String, Object> about() {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("application", this.environment.getProperty("spring.application.name", ""));
        if (this.endpoints.get().getEndpoint(CONCURRENCY) != null) {
            String own = path(OWN);
            long up = own.chars().filter(letter -> letter == '/').count();
            about.put("concurrency", "../".repeat((int) up) + path(CONCURRENCY));
            about.put("writes", mayWrite());
        }
        return about;
    }

    private String path(EndpointId id) {
        return path(this.endpoints.get(), id);
    }

    /** Where an endpoint is, without slashes around it: Boot does not mind those of {@code path-mapping}. */
    static String path(PathMappedEndpoints endpoints, EndpointId id) {
        String path = endpoints.getRootPath(id);
        return (path == null)
                ? id.toString()
                : StringUtils.trimTrailingCharacter(StringUtils.trimLeadingCharacter(path, '/'), '/');
    }

    private boolean mayWrite() {
        EndpointAccessResolver resolver = this.access.get();
        return resolver != null && resolver.accessFor(CONCURRENCY, Access.READ_ONLY) == Access.UNRESTRICTED;
    }
}
