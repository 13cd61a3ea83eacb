package dev.settle.actuate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;

/** Settings that came as one text: {@code {"value": 30}}, or {@code value=30} where JSON is hard to type. */
final class SettingsText {

    private static final String REMEDY = "Write settings as in {\"value\": 30, \"max-wait\": \"1s\"}";

    private SettingsText() {}

    static Map<String, @Nullable Object> read(String text) {
        String trimmed = text.trim();
        Map<String, @Nullable Object> settings = trimmed.startsWith("{") ? json(trimmed) : pairs(trimmed);
        if (settings.isEmpty()) {
            throw Problem.badRequest("settings are empty", REMEDY);
        }
        settings.replaceAll(SettingsText::flat);
        return settings;
    }

    private static Map<String, @Nullable Object> json(String text) {
        try {
            return new LinkedHashMap<>(JsonParserFactory.getJsonParser().parseMap(text));
        } catch (JsonParseException ex) {
            throw Problem.badRequest("settings are no JSON object", REMEDY);
        }
    }

    private static Map<String, @Nullable Object> pairs(String text) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw Problem.badRequest("settings are neither a JSON object nor of the form value=30", REMEDY);
            }
            settings.put(
                    pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
        }
        return settings;
    }

    /** A list is what is written with commas elsewhere. */
    private static @Nullable Object flat(String property, @Nullable Object value) {
        if (value instanceof Map) {
            throw Problem.badRequest("settings." + property + " is an object", REMEDY);
        }
        // Boot's own parser, which reads where there is no Jackson, makes a text of it.
        if ("null".equals(value)) {
            return null;
        }
        return (value instanceof Collection<?> list)
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value;
    }
}
