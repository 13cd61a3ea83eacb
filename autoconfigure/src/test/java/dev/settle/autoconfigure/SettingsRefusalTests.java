package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Settings that cannot be stop the application, and the analysis names the place, the value and the way out. */
class SettingsRefusalTests {

    static class Prices {

        @Retry(name = "prices")
        @Timeout("2s")
        @Bulkhead(10)
        public CompletableFuture<String> find(String id) {
            return CompletableFuture.completedFuture(id);
        }
    }

    private static FailureAnalysis refused(String... properties) {
        return Startup.analysis(
                Startup.runner().withBean("prices", Prices.class).withPropertyValues(properties));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "settle.policies.prices.retry.max-retrys=5 | there is no setting of 'retry' of that name | max-retries",
                "settle.policies.prices.retri.delay=5s | there is no policy of that name | retry",
                "settle.defaults.bulkhead.max-weight=5s | there is no setting of 'bulkhead' of that name | max-wait",
                "settle.defaults.bulkhed.max-wait=5s | there is no policy of that name | bulkhead",
                "settle.policies.prices.retry.max-retries=many | \"many\" is no whole number | Write digits",
                "settle.policies.prices.retry.max-retries=99999999999 | is no whole number of at most 2147483647 | Write digits",
                "settle.policies.prices.retry.multiplier=twice | \"twice\" is no number | 1.5",
                "settle.policies.prices.retry.jitter=some | \"some\" is none of its values | FULL, EQUAL, DECORRELATED, NONE",
                "settle.policies.prices.bulkhead.enabled=maybe | \"maybe\" is neither true nor false | Write one of them",
                "settle.policies.prices.retry.delay=soon | \"soon\" is no duration | 300ms",
                "settle.policies.prices.retry.includes=no.such.Thing | there is no class no.such.Thing | full name",
                "settle.policies.prices.retry.includes=java.lang.String | is no java.lang.Throwable | Name a class",
                "settle.policies.prices.bulkhead.value=0 | 0 would let no call run | at least 1",
                "settle.policies.prices.timeout.value=0s | would let no call succeed | positive duration",
                "settle.policies.prices.timeout.total=-1s | would let no call succeed | positive duration",
                "settle.policies.prices.retry.max-delay=1ms | is shorter than the first delay | longer maxDelay",
                "settle.policies.prices.bulkhead.key=#unknown | #unknown | #id",
                "settle.policies.prices.timeout.scope=TOTAL | there is no setting of 'timeout' of that name | total",
                "settle.policies.prices.retry=5 | it names no setting of a policy | settle.policies.<name>.<policy>.<setting>",
                "settle.policies.prices.retry.delay=${nowhere} | cannot be resolved | ${property:default}",
                "settle.polices.prices.retry.delay=1s | there is no property of that name | Did you mean policies",
                "settle.shutdown.total-timout=1s | there is no property of that name | Did you mean total-timeout",
                "settle.budgets.shared.ration=1 | there is no property of that name | Did you mean ratio",
                "settle.budgets.shared.ratio=5000 | 5000.0 is not between 0 and 1000 | 0.2",
                "settle.web.deadline.sent=true | there is no property of that name | Did you mean send",
            })
    void theAnalysisSaysWhatIsWrongAndWhatWouldBeRight(String property, String problem, String remedy) {
        FailureAnalysis analysis = refused(property);

        String name = property.substring(0, property.indexOf('='));
        assertThat(analysis.getDescription()).contains(name).contains(problem);
        assertThat(analysis.getAction()).contains(remedy);
    }

    @Test
    void theFileAndTheLineAreNamed() {
        String yaml = """
                settle:
                  policies:
                    prices:
                      retry:
                        max-retries: 5
                        delya: 100ms
                """;
        ApplicationContextRunner runner = Startup.runner()
                .withBean(Prices.class)
                .withInitializer(context -> {
                    try {
                        new YamlPropertySourceLoader()
                                .load("prices.yml", new ByteArrayResource(yaml.getBytes(), "prices.yml"))
                                .forEach(context.getEnvironment().getPropertySources()::addLast);
                    } catch (IOException ex) {
                        throw new AssertionError(ex);
                    }
                });

        FailureAnalysis analysis = Startup.analysis(runner);

        assertThat(analysis.getDescription())
                .contains("settle.policies.prices.retry.delya")
                .contains("100ms")
                .contains("prices.yml")
                .contains("6:16");
        assertThat(analysis.getAction()).contains("Did you mean delay");
    }

    @Test
    void aRangeErrorOfAMethodNamesTheMethodAndTheProperty() {
        FailureAnalysis analysis = refused("settle.policies.prices.bulkhead.value=-3");

        assertThat(analysis.getDescription())
                .contains("Bean 'prices'", "Prices.find(String)", "@Bulkhead", "settle.policies.prices.bulkhead.value")
                .contains("-3 would let no call run");
    }

    @Test
    void aBadDefaultStopsTheApplicationAlsoWhenNoMethodUsesIt() {
        FailureAnalysis analysis =
                Startup.analysis(Startup.runner().withPropertyValues("settle.defaults.exclusive.queue-capacity=lots"));

        assertThat(analysis.getDescription()).contains("settle.defaults.exclusive.queue-capacity", "\"lots\"");
    }

    @Test
    void variablesOfOthersThatBeginWithTheSameWordAreNoneOfOurs() {
        Startup.runner()
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                "systemEnvironment",
                                new SystemEnvironmentPropertySource(
                                        "systemEnvironment", Map.of("SETTLE_HOME", "somewhere"))))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void whatIsNoOneOfOursIsLeftToOthers() {
        Startup.runner()
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("other", Map.of("settlement.day", "monday"))))
                .run(context -> assertThat(context).hasNotFailed());
    }
}
