package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.activity.Activity;
import dev.settle.actuate.AbortGroupsEndpoint;
import dev.settle.actuate.ConcurrencyEndpoint;
import dev.settle.actuate.SettleHealthIndicator;
import dev.settle.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Endpoints and health come with their library, when they are asked for, and make room for the application's own. */
class ActuatorAutoConfigurationTests {

    private static final AutoConfigurations ALL = AutoConfigurations.of(
            SettleConcurrencyEndpointAutoConfiguration.class,
            SettleAbortGroupsEndpointAutoConfiguration.class,
            SettleHealthAutoConfiguration.class);

    private final ApplicationContextRunner app = Startup.runner().withConfiguration(ALL);
    private final ApplicationContextRunner exposed =
            this.app.withPropertyValues("management.endpoints.web.exposure.include=*");

    @Test
    void endpointsAreNotThereUnlessTheyAreExposed() {
        this.app.run(context -> {
            assertThat(context).doesNotHaveBean(ConcurrencyEndpoint.class);
            assertThat(context).doesNotHaveBean(Activity.class);
            assertThat(context).doesNotHaveBean(AbortGroupsEndpoint.class);
            assertThat(context).hasSingleBean(SettleHealthIndicator.class);
        });
    }

    @Test
    void exposureThroughJmxIsEnough() {
        this.app
                .withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=concurrency")
                .run(context -> assertThat(context).hasSingleBean(ConcurrencyEndpoint.class));
    }

    @Test
    void oneIsExposedWithoutTheOther() {
        this.app
                .withPropertyValues("management.endpoints.web.exposure.include=abortgroups")
                .run(context -> {
                    assertThat(context).hasSingleBean(AbortGroupsEndpoint.class);
                    assertThat(context).doesNotHaveBean(ConcurrencyEndpoint.class);
                });
    }

    @Test
    void withoutTheActuatorThereIsNoEndpoint() {
        this.exposed
                .withClassLoader(new FilteredClassLoader(Endpoint.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean("settleConcurrencyEndpoint")
                        .doesNotHaveBean("settleAbortGroupsEndpoint")
                        .hasBean("settleHealthIndicator"));
    }

    @Test
    void withoutTheLibraryOfHealthThereIsNone() {
        this.exposed
                .withClassLoader(new FilteredClassLoader(HealthIndicator.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean("settleHealthIndicator")
                        .hasBean("settleConcurrencyEndpoint"));
    }

    @Test
    void webApplicationWithoutSpringMvcHasNoAdvice() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SettleAutoConfiguration.class))
                .withConfiguration(ALL)
                .withPropertyValues("management.endpoints.web.exposure.include=*")
                .withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(ConcurrencyEndpoint.class)
                        .doesNotHaveBean("settleNestedSettingsAdvice"));
    }

    @Test
    void nothingIsThereWhenSettleIsSwitchedOff() {
        this.exposed
                .withPropertyValues("settle.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(ConcurrencyEndpoint.class)
                        .doesNotHaveBean(AbortGroupsEndpoint.class)
                        .doesNotHaveBean(SettleHealthIndicator.class));
    }

    @Test
    void beansOfTheApplicationTakeTheirPlace() {
        this.exposed
                .withBean(Activity.class, () -> new Activity(TimeSource.system()))
                .withBean("own", AbortGroupsEndpoint.class)
                .withBean(
                        "settleHealthIndicator",
                        HealthIndicator.class,
                        () -> () -> Health.up().build())
                .run(context -> assertThat(context)
                        .hasSingleBean(Activity.class)
                        .doesNotHaveBean("settleActivity")
                        .doesNotHaveBean("settleAbortGroupsEndpoint")
                        .doesNotHaveBean(SettleHealthIndicator.class));
    }
}
