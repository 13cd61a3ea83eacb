package dev.settle.actuate;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.json.JsonWriter;
import org.springframework.util.function.SingletonSupplier;

/**
 * Lets a request to change settings have them as an object. Boot reads the body of every write as a flat map of texts, so the
 * object is made a text before, and all that is Boot's stays as it is: access, exposure, and the JSON that is asked for.
 */
final class NestedSettings {

    /** Far more than all settings of a policy need. */
    static final int MOST_BYTES = 64 * 1024;

    private static final String SETTINGS = "settings";

    /** Before the name of the methods; platforms have the endpoints below a path of their own as well as below Boot's. */
    private final Supplier<String> path;

    /** The endpoints are not looked for before the first request. */
    NestedSettings(Supplier<PathMappedEndpoints> endpoints) {
        this.path = SingletonSupplier.of(
                () -> "/" + endpoints.get().getRootPath(EndpointId.of(ConcurrencyEndpoint.ID)) + "/");
    }

    /** Whether a request to this path may be one of those; the application may have the same path for itself. */
    boolean mayBeAt(String path) {
        return path.contains(this.path.get());
    }

    /** Whether what an endpoint handles under this pattern is one of those. */
    boolean isAt(String pattern) {
        return pattern.endsWith(this.path.get() + "{name}");
    }

    /**
     * The body with its settings as a text, also a list, which is refused in our words then; what is no such body stays as it
     * is, to be refused by whoever reads it.
     */
    static byte[] flat(byte[] body) {
        Map<String, Object> map;
        try {
            map = JsonParserFactory.getJsonParser().parseMap(new String(body, StandardCharsets.UTF_8));
        } catch (JsonParseException ex) {
            return body;
        }
        Object settings = map.get(SETTINGS);
        if (!(settings instanceof Map || settings instanceof Collection)) {
            return body;
        }
        JsonWriter<Object> writer = JsonWriter.standard();
        Map<String, @Nullable Object> flat = new LinkedHashMap<>(map);
        flat.put(SETTINGS, writer.writeToString(settings));
        return writer.write(flat).toByteArray();
    }
}
