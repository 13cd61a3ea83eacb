package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.json.JsonParserFactory;

/** Settings that come as an object are made a text; nothing else is. */
class NestedSettingsTests {

    private static String flat(String body) {
        return new String(NestedSettings.flat(body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void objectBecomesItsText() {
        Map<String, Object> flat = JsonParserFactory.getJsonParser()
                .parseMap(flat("{\"policy\": \"bulkhead\", \"settings\": {\"value\": 30, \"max-wait\": null}}"));

        assertThat(flat)
                .containsEntry("policy", "bulkhead")
                .containsEntry("settings", "{\"value\":30,\"max-wait\":null}");
    }

    @Test
    void listBecomesItsTextForItToBeRefusedAsSuch() {
        assertThat(JsonParserFactory.getJsonParser().parseMap(flat("{\"settings\": [1, \"a\"]}")))
                .containsEntry("settings", "[1,\"a\"]");
    }

    @Test
    void quotesAndOtherLettersSurvive() {
        Map<String, Object> flat =
                JsonParserFactory.getJsonParser().parseMap(flat("{\"settings\": {\"max-wait\": \"\\\"\u00e9\\\\\"}}"));

        assertThat(JsonParserFactory.getJsonParser().parseMap((String) flat.get("settings")))
                .containsEntry("max-wait", "\"\u00e9\\");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1]",
                "{\"settings\": \"value=30\"}",
                "{\"action\": {\"a\": 1}}",
                "{\"settings\": null}"
            })
    void whatHasNoSuchObjectStaysAsItIs(String body) {
        assertThat(flat(body)).isEqualTo(body);
    }
}
