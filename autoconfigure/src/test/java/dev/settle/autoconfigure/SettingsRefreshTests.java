package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.plan.PlanRegistry;
import dev.settle.plan.RunTimeTuning;
import dev.settle.plan.SettingValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** An environment that changes while the application runs. */
@ExtendWith(OutputCaptureExtension.class)
public class SettingsRefreshTests {

    private final Map<String, Object> properties = new HashMap<>();

    /** Public, as a filtered class loader wants it. */
    public static class Prices {

        @Retry(name = "prices")
        @Timeout("2s")
        @Bulkhead(value = 2, maxWait = "7s")
        public String find() {
            return "7.30";
        }
    }

    private void run(BiConsumer<ApplicationContext, PlanRegistry> test) {
        Startup.runner()
                .withBean("prices", Prices.class)
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("remote", this.properties)))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    test.accept(context, context.getBean(PlanRegistry.class));
                });
    }

    private static SettingValue value(PlanRegistry registry, String policy, String property) {
        return registry.named("prices").get(0).policies().stream()
                .filter(planned -> planned.policy().equals(policy))
                .flatMap(planned -> planned.values().stream())
                .filter(value -> value.property().equals(property))
                .findFirst()
                .orElseThrow();
    }

    private void change(ApplicationContext context, Map<String, Object> changed) {
        this.properties.putAll(changed);
        context.publishEvent(new EnvironmentChangeEvent(changed.keySet()));
    }

    @Test
    void theNewSettingsCount() {
        run((context, registry) -> {
            change(context, Map.of("settle.policies.prices.bulkhead.value", "10"));

            assertThat(value(registry, "bulkhead", "value").value()).isEqualTo(10);
            assertThat(value(registry, "bulkhead", "value").source())
                    .contains("settle.policies.prices.bulkhead.value", "remote");
            assertThat(value(registry, "bulkhead", "maxWait"))
                    .isEqualTo(new SettingValue("maxWait", "7s", "annotation"));
        });
    }

    @Test
    void whatIsTakenAwayIsWhatItWasBefore() {
        this.properties.put("settle.policies.prices.bulkhead.value", "10");
        run((context, registry) -> {
            this.properties.clear();
            context.publishEvent(new EnvironmentChangeEvent(Set.of("settle.policies.prices.bulkhead.value")));

            assertThat(value(registry, "bulkhead", "value")).isEqualTo(new SettingValue("value", 2, "annotation"));
        });
    }

    @Test
    void oneBadValueAndNothingChanges(CapturedOutput output) {
        run((context, registry) -> {
            change(
                    context,
                    Map.of(
                            "settle.policies.prices.bulkhead.value", "0",
                            "settle.policies.prices.retry.max-retries", "9"));

            assertThat(value(registry, "bulkhead", "value").value()).isEqualTo(2);
            assertThat(value(registry, "retry", "maxRetries").value()).isEqualTo(3);
            assertThat(output).contains("stay as they are").contains("0 would let no call run");
        });
    }

    @Test
    void aMisspeltOneAndNothingChanges(CapturedOutput output) {
        run((context, registry) -> {
            change(
                    context,
                    Map.of(
                            "settle.policies.prices.bulkhead.valeu", "5",
                            "settle.policies.prices.retry.max-retries", "9"));

            assertThat(value(registry, "retry", "maxRetries").value()).isEqualTo(3);
            assertThat(output).contains("stay as they are").contains("Did you mean value");
        });
    }

    @Test
    void aKeyCannotChange(CapturedOutput output) {
        run((context, registry) -> {
            change(context, Map.of("settle.policies.prices.bulkhead.key", "#root.method"));

            assertThat(value(registry, "bulkhead", "key").value()).isEqualTo("");
            assertThat(output).contains("it cannot change while the application runs");
        });
    }

    @Test
    void theOtherTimeoutComesAndGoes() {
        run((context, registry) -> {
            change(context, Map.of("settle.policies.prices.timeout.total", "5s"));
            assertThat(registry.named("prices").toString()).contains("Timeout(TOTAL) 5 s");

            this.properties.remove("settle.policies.prices.timeout.total");
            change(context, Map.of("settle.policies.prices.bulkhead.value", "9"));

            assertThat(registry.named("prices").toString())
                    .doesNotContain("TOTAL")
                    .contains("Bulkhead 9");
        });
    }

    @Test
    void anotherSpellingOfWhatCannotChangeIsNoChange() {
        run((context, registry) -> {
            change(
                    context,
                    Map.of(
                            "settle.policies.prices.bulkhead.scope", "local",
                            "settle.policies.prices.bulkhead.value", "9"));

            assertThat(value(registry, "bulkhead", "value").value()).isEqualTo(9);
        });
    }

    @Test
    void anObjectThatCannotBeMadeKeepsEverythingAsItIs(CapturedOutput output) {
        run((context, registry) -> {
            change(
                    context,
                    Map.of(
                            "settle.policies.prices.retry.predicate", "java.util.function.Predicate",
                            "settle.policies.prices.bulkhead.value", "9"));

            assertThat(value(registry, "bulkhead", "value").value()).isEqualTo(2);
            assertThat(output).contains("stay as they are");
        });
    }

    @Test
    void whatWasSetByHandStaysUntilItIsTakenBack() {
        run((context, registry) -> {
            RunTimeTuning tuning = context.getBean(RunTimeTuning.class);
            tuning.set("prices", "bulkhead", Map.of("value", 30));

            change(context, Map.of("settle.policies.prices.bulkhead.value", "10"));
            assertThat(value(registry, "bulkhead", "value"))
                    .isEqualTo(new SettingValue("value", 30, RunTimeTuning.BY_HAND));

            Map<String, Object> back = new HashMap<>();
            back.put("value", null);
            tuning.set("prices", "bulkhead", back);
            assertThat(value(registry, "bulkhead", "value").value()).isEqualTo(10);
        });
    }

    @Test
    void withoutSpringCloudTheApplicationWorks() {
        Startup.runner()
                .withBean("prices", Prices.class)
                .withClassLoader(new FilteredClassLoader(EnvironmentChangeEvent.class))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean("settleSettingsRefresh");
                    assertThat(context.getBean(Prices.class).find()).isEqualTo("7.30");
                });
    }
}
