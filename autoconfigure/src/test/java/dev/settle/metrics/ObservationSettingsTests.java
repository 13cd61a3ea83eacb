package dev.settle.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.autoconfigure.SettleObservationAutoConfiguration;
import dev.settle.metrics.ObservedApp.Prices;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** When calls are observed, and what an application may change. */
class ObservationSettingsTests {

    private final ObservationRegistry registry = ObservationRegistry.create();
    private final List<Observation.Context> seen = new CopyOnWriteArrayList<>();
    private final ApplicationContextRunner settle = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SettleAutoConfiguration.class,
                    SettleObservationAutoConfiguration.class,
                    ObservationAutoConfiguration.class));
    private final ApplicationContextRunner app = this.settle
            .withBean(ObservationRegistry.class, () -> this.registry)
            .withBean("prices", Prices.class, () -> new Prices(this.registry));

    @BeforeEach
    void watch() {
        this.registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                ObservationSettingsTests.this.seen.add(context);
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    private List<String> names() {
        return this.seen.stream().map(Observation.Context::getName).toList();
    }

    @Test
    void anApplicationWithARegistryIsObserved() {
        this.app.run(context -> {
            context.getBean(Prices.class).value();

            assertThat(names())
                    .containsExactly(
                            "query",
                            "settle.attempt",
                            "query",
                            "settle.attempt",
                            "query",
                            "settle.attempt",
                            "settle.call");
        });
    }

    @Test
    void bootsOwnPropertySwitchesItOff() {
        this.app
                .withPropertyValues("management.observations.enable.settle=false")
                .run(context -> {
                    context.getBean(Prices.class).value();

                    assertThat(names()).containsExactly("query", "query", "query");
                });
    }

    @Test
    void attemptsCanBeSwitchedOffByThemselves() {
        this.app
                .withPropertyValues("management.observations.enable.settle.attempt=false")
                .run(context -> {
                    context.getBean(Prices.class).value();

                    assertThat(names()).containsExactly("query", "query", "query", "settle.call");
                    assertThat(this.registry.getCurrentObservationScope()).isNull();
                });
    }

    @Test
    void anApplicationMayHaveAConventionOfItsOwn() {
        CallObservationConvention own = new CallObservationConvention() {
            @Override
            public KeyValues getLowCardinalityKeyValues(CallObservationContext call) {
                return KeyValues.of("shop", call.policies());
            }
        };
        this.app.withBean(CallObservationConvention.class, () -> own).run(context -> {
            context.getBean(Prices.class).value();

            assertThat(this.seen.get(this.seen.size() - 1).getLowCardinalityKeyValues())
                    .containsExactly(KeyValue.of("shop", "prices.value"));
        });
    }

    @Test
    void nothingIsObservedWithoutARegistryOfTheApplications() {
        this.settle
                .withBean("noop", ObservationRegistry.class, () -> ObservationRegistry.NOOP)
                .run(context -> assertThat(
                                context.getBean(CallObservations.class).begin("prices.value"))
                        .isNull());
    }

    @Test
    void anApplicationWithoutMicrometerStarts() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(SettleAutoConfiguration.class, SettleObservationAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed());
    }
}
