package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.plan.Effective;
import dev.settle.plan.SettingValue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** How settings may be written: in files of both kinds and as environment variables, in any of Boot's spellings. */
class SettingSpellingTests {

    private final ApplicationContextRunner app = Startup.runner().withBean("prices", Prices.class);

    static class Prices {

        @Retry
        public String find() {
            return "7.30";
        }

        @Retry
        public String findAll() {
            return "7.30";
        }

        /** Called as the policy is. */
        @Retry
        public String retry() {
            return "7.30";
        }

        @Retry(name = "StockDesk")
        public String desk() {
            return "7.30";
        }

        @Retry(name = "stock-room")
        public String room() {
            return "7.30";
        }

        @Retry(name = "shop.stock.shelf")
        public String shelf() {
            return "7.30";
        }
    }

    private static void shows(ApplicationContextRunner runner, String name, String property, String value) {
        run(runner, name, property, shown -> assertThat(shown.value()).hasToString(value));
    }

    private static void run(
            ApplicationContextRunner runner, String name, String property, Consumer<SettingValue> test) {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            test.accept(Effective.shown(context, name, "retry", property));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "settle.defaults.retry.max-retries",
                "settle.defaults.retry.maxRetries",
                "settle.defaults.retry.max_retries",
                "settle.defaults.retry.MAX-RETRIES",
                "settle.defaults.Retry.max-retries",
                "settle.policies.prices.find.retry.max-retries",
                "settle.policies.prices.find.retry.maxRetries",
                "settle.policies.prices.find.retry.max_retries",
                "settle.policies[prices.find].retry.max-retries",
                "settle.policies.[prices.find].retry.maxRetries",
                "settle.policies.Prices.Find.retry.max-retries"
            })
    void inAPropertiesFile(String property) {
        shows(Sources.properties(this.app, property + "=7"), "prices.find", "maxRetries", "7");
    }

    static Stream<String> yaml() {
        return Stream.of("""
                settle:
                  defaults:
                    retry: { max-retries: 7 }
                """, """
                settle:
                  policies:
                    prices:
                      find:
                        retry:
                          max-retries: 7
                """, """
                settle:
                  policies:
                    prices.find:
                      retry: { maxRetries: 7 }
                """, """
                settle:
                  policies:
                    "[prices.find]":
                      retry: { max_retries: 7 }
                """, """
                settle.policies.prices.find.retry.max-retries: 7
                """);
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void inAYamlFile(String text) {
        shows(Sources.yaml(this.app, text), "prices.find", "maxRetries", "7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SETTLE_DEFAULTS_RETRY_MAXRETRIES",
                "SETTLE_DEFAULTS_RETRY_MAX_RETRIES",
                "settle_defaults_retry_maxretries",
                "SETTLE_POLICIES_PRICES_FIND_RETRY_MAXRETRIES",
                "SETTLE_POLICIES_PRICES_FIND_RETRY_MAX_RETRIES"
            })
    void asAnEnvironmentVariable(String name) {
        shows(Sources.variable(this.app, name, "7"), "prices.find", "maxRetries", "7");
    }

    @ParameterizedTest
    @CsvSource({
        "prices.findAll, settle.policies.prices.findAll.retry.max-retries",
        "prices.findAll, settle.policies.prices.find-all.retry.max-retries",
        "prices.findAll, settle.policies[prices.findAll].retry.max-retries",
        "prices.retry, settle.policies.prices.retry.retry.max-retries",
        "prices.retry, settle.policies[prices.retry].retry.max-retries",
        "StockDesk, settle.policies.StockDesk.retry.max-retries",
        "StockDesk, settle.policies.stock-desk.retry.max-retries",
        "StockDesk, settle.policies[StockDesk].retry.max-retries",
        "stock-room, settle.policies.stock-room.retry.max-retries",
        "stock-room, settle.policies.stockRoom.retry.max-retries",
        "shop.stock.shelf, settle.policies.shop.stock.shelf.retry.max-retries",
        "shop.stock.shelf, settle.policies[shop.stock].shelf.retry.max-retries",
        "shop.stock.shelf, settle.policies[shop.stock.shelf].retry.max-retries"
    })
    void namesOfEveryKind(String name, String property) {
        shows(Sources.properties(this.app, property + "=7"), name, "maxRetries", "7");
        shows(Sources.yaml(this.app, "\"" + property + "\": 7"), name, "maxRetries", "7");
    }

    @ParameterizedTest
    @CsvSource({
        "prices.findAll, SETTLE_POLICIES_PRICES_FINDALL_RETRY_MAXRETRIES",
        "prices.retry, SETTLE_POLICIES_PRICES_RETRY_RETRY_MAX_RETRIES",
        "StockDesk, SETTLE_POLICIES_STOCKDESK_RETRY_MAXRETRIES",
        "stock-room, SETTLE_POLICIES_STOCKROOM_RETRY_MAXRETRIES",
        "shop.stock.shelf, SETTLE_POLICIES_SHOP_STOCK_SHELF_RETRY_MAX_RETRIES"
    })
    void namesOfEveryKindAsEnvironmentVariables(String name, String variable) {
        shows(Sources.variable(this.app, variable, "7"), name, "maxRetries", "7");
    }

    @ParameterizedTest
    @CsvSource({
        "multiplier: 3, multiplier, 3.0",
        "multiplier: 1.5, multiplier, 1.5",
        "enabled: false, enabled, false",
        "enabled: FALSE, enabled, false",
        "delay: 300ms, delay, 300ms",
        "delay: PT0.3S, delay, PT0.3S",
        "jitter: none, jitter, NONE",
        "enabled: on, enabled, true",
        "max-retries: '${the.retries:7}', maxRetries, 7"
    })
    void valuesAsYamlWritesThem(String line, String property, String value) {
        String text = "settle.defaults.retry:\n  " + line;

        shows(Sources.yaml(this.app, text), "prices.find", property, value);
    }

    @Test
    void variableCountsMoreThanAFileThatSpellsItOtherwise() {
        ApplicationContextRunner file = Sources.yaml(this.app, "settle.policies.prices.find.retry.max-retries: 5");

        shows(
                Sources.variable(file, "SETTLE_POLICIES_PRICES_FIND_RETRY_MAXRETRIES", "7"),
                "prices.find",
                "maxRetries",
                "7");
    }

    @Test
    void originIsTheFileAndTheLine() {
        String text = """
                settle:
                  policies:
                    prices.find:
                      retry:
                        max-retries: 7
                """;

        run(
                Sources.yaml(this.app, text),
                "prices.find",
                "maxRetries",
                shown -> assertThat(shown.source())
                        .contains("settle.policies.prices.find.retry.max-retries", "application.yml", "5:22"));
    }

    @Test
    void originIsTheVariable() {
        String name = "SETTLE_DEFAULTS_RETRY_MAXRETRIES";

        run(
                Sources.variable(this.app, name, "7"),
                "prices.find",
                "maxRetries",
                shown -> assertThat(shown.source()).contains(name, "systemEnvironment"));
    }
}
