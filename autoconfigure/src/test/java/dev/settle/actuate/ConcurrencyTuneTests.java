package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.actuate.Operator.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Settings are changed over HTTP, or refused with what would be right. */
class ConcurrencyTuneTests {

    private static final String FIND = "/concurrency/stock.find";

    private final WebApplicationContextRunner app =
            Actuators.tomcat().withBean("stock", Stock.class).withPropertyValues(Actuators.UNRESTRICTED);

    static String setting(String policy, String property, String what) {
        return "$.methods[0].policies[?(@.policy=='" + policy + "')].settings." + property + "." + what;
    }

    private static void assertValue(Answer answer, int value) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.<List<Object>>at(setting("bulkhead", "value", "value")))
                .containsExactly(value);
    }

    @Test
    void answerIsTheNewStateAndSaysThatItWasSetByHand() {
        this.app.run(context -> {
            Operator operator = Operator.of(context);

            Answer answer = operator.post(FIND, "{\"policy\": \"bulkhead\", \"settings\": {\"value\": 30}}");

            assertValue(answer, 30);
            assertThat(answer.<List<String>>at(setting("bulkhead", "value", "origin")))
                    .containsExactly("the actuator");
            assertValue(operator.get(FIND), 30);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'policy': 'bulkhead', 'settings': '{\\'value\\': 30}'}",
                "{'policy': 'bulkhead', 'settings': 'value=30'}",
                "{'policy': 'bulkhead', 'settings': 'value = 30, max-wait=1s'}",
                "{'policy': 'BULKHEAD', 'settings': {'value': '30', 'maxWait': '1s'}}"
            },
            quoteCharacter = '~')
    void settingsMayBeWrittenInOtherWays(String body) {
        this.app.run(context -> assertValue(Operator.of(context).post(FIND, body.replace('\'', '"')), 30));
    }

    @Test
    void nullTakesBackWhatWasSetByHand() {
        this.app.run(context -> {
            Operator operator = Operator.of(context);
            operator.post(FIND, "{\"policy\": \"bulkhead\", \"settings\": {\"value\": 30}}");

            Answer answer = operator.post(FIND, "{\"policy\": \"bulkhead\", \"settings\": {\"value\": null}}");

            assertValue(answer, 2);
            assertThat(answer.<List<String>>at(setting("bulkhead", "value", "origin")))
                    .containsExactly("annotation");
        });
    }

    @Test
    void nullMayBeWrittenWithoutJson() {
        this.app.run(context -> {
            Operator operator = Operator.of(context);
            operator.post(FIND, "{\"policy\": \"bulkhead\", \"settings\": {\"value\": 30}}");

            assertValue(operator.post(FIND, "{\"policy\": \"bulkhead\", \"settings\": \"value=null\"}"), 2);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'policy': 'bulkhead', 'settings': {'value': 0}}|value|0",
                "{'policy': 'bulkhead', 'settings': {'value': 'many'}}|value|many",
                "{'policy': 'bulkhead', 'settings': {'vallue': 3}}|vallue|value",
                "{'policy': 'bulkheat', 'settings': {'value': 3}}|bulkheat|bulkhead",
                "{'policy': 'throttle', 'settings': {'limit': 3}}|throttle|stock.find",
                "{'policy': 'bulkhead', 'settings': {'key': '#id'}}|key|application.yml",
                "{'policy': 'bulkhead', 'settings': {'value': {'a': 1}}}|settings.value|max-wait",
                "{'policy': 'bulkhead', 'settings': {}}|settings|max-wait",
                "{'policy': 'bulkhead', 'settings': [1]}|settings|value=30",
                "{'policy': 'bulkhead', 'settings': []}|settings|value=30",
                "{'policy': 'bulkhead', 'settings': 'thirty'}|settings|value=30",
                "{'policy': 'bulkhead', 'settings': '{thirty'}|settings|max-wait",
                "{'policy': 'bulkhead'}|settings|bulkhead",
                "{'settings': {'value': 3}}|policy|bulkhead"
            })
    void whatCannotBeIsRefusedWithWhatWouldBeRight(String body, String named, String also) {
        this.app.run(context -> {
            Operator operator = Operator.of(context);

            Answer answer = operator.post(FIND, body.replace('\'', '"'));

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.<String>at("$.problem")).contains(named);
            assertThat(answer.at("$.problem") + " " + answer.at("$.remedy")).contains(also);
            assertValue(operator.get(FIND), 2);
        });
    }

    @Test
    void oneBadValueKeepsTheGoodOneFromBeingSet() {
        this.app.run(context -> {
            Operator operator = Operator.of(context);

            Answer answer = operator.post(
                    FIND, "{\"policy\": \"bulkhead\", \"settings\": {\"value\": 30, \"max-wait\": \"soon\"}}");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.<String>at("$.problem")).contains("soon");
            assertValue(operator.get(FIND), 2);
        });
    }

    @Test
    void unknownNameIsNotFound() {
        this.app.run(context -> assertThat(Operator.of(context)
                        .post("/concurrency/stock.lose", "{\"policy\": \"bulkhead\", \"settings\": {\"value\": 30}}")
                        .status())
                .isEqualTo(404));
    }

    @ParameterizedTest
    @CsvSource({"{,400", "[],400", "'',400"})
    void whatIsNoObjectIsRefused(String body, int status) {
        this.app.run(context ->
                assertThat(Operator.of(context).post(FIND, body).status()).isEqualTo(status));
    }

    @Test
    void endlessBodyIsNotRead() {
        String body = "{\"policy\": \"bulkhead\", \"settings\": {\"value\": \"" + "1".repeat(100_000) + "\"}}";

        this.app.run(context ->
                assertThat(Operator.of(context).post(FIND, body).status()).isEqualTo(413));
    }
}
