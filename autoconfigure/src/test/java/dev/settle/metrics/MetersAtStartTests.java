package dev.settle.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Scope;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.autoconfigure.SettleMetricsAutoConfiguration;
import dev.settle.cluster.ClusterEngine;
import dev.settle.cluster.HandEngine;
import dev.settle.core.HandWork;
import dev.settle.metrics.MeteredApp.Shop;
import dev.settle.test.VirtualTime;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Which meters are there when an application has started, and that there are never more of them. */
class MetersAtStartTests {

    private final HandWork work = new HandWork();
    private final ApplicationContextRunner app = MeteredApp.runner(new VirtualTime(), this.work);

    static class Search {

        @Bulkhead(value = 1, key = "#term")
        public void search(String term) {}
    }

    static class Methods {

        @Retry(name = "both")
        public void retried() {}

        @Bulkhead(value = 1, name = "both")
        public void limited() {}
    }

    static class Counting {

        @Exclusive(scope = Scope.CLUSTER)
        public void count() {}
    }

    private static Set<String> documented() {
        return Arrays.stream(SettleMeters.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(MetersAtStartTests::value)
                .filter(name -> name.startsWith("settle."))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException ex) {
            throw new AssertionError(ex);
        }
    }

    private static Set<String> names(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(Meter.Id::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyDocumentedMeterIsThereAndNoOther() {
        this.app
                .withBean(ClusterEngine.class, HandEngine::new)
                .withBean(Counting.class)
                .run(context ->
                        assertThat(names(context.getBean(MeterRegistry.class))).isEqualTo(documented()));
    }

    @Test
    void theClusterHasNoMetersWhereNoMethodUsesIt() {
        this.app
                .withBean(ClusterEngine.class, HandEngine::new)
                .run(context -> assertThat(names(context.getBean(MeterRegistry.class)))
                        .noneMatch(name -> name.startsWith("settle.cluster")));
    }

    @Test
    void allAreZeroButTheListenersThatSettleItselfNeeds() {
        this.app.run(context -> assertThat(Meters.counted(context.getBean(MeterRegistry.class)))
                .containsOnlyKeys(SettleMeters.SIGNAL_LISTENERS + " "));
    }

    @Test
    void aMethodHasTheMetersOfItsPolicies() {
        this.app.run(context -> assertThat(Meters.all(context.getBean(MeterRegistry.class)).keySet().stream()
                        .filter(meter -> meter.contains("shop.book")))
                .containsExactly(
                        "settle.attempts shop.book failure",
                        "settle.attempts shop.book success",
                        "settle.calls shop.book aborted",
                        "settle.calls shop.book cancelled",
                        "settle.calls shop.book failure",
                        "settle.calls shop.book rejected",
                        "settle.calls shop.book success",
                        "settle.calls shop.book superseded",
                        "settle.calls shop.book timeout",
                        "settle.late shop.book",
                        "settle.rejections shop.book bulkhead closed",
                        "settle.rejections shop.book bulkhead keys",
                        "settle.rejections shop.book bulkhead queue_full",
                        "settle.rejections shop.book bulkhead wait_exceeded",
                        "settle.rejections shop.book shutdown closed",
                        "settle.running shop.book bulkhead",
                        "settle.unobserved shop.book",
                        "settle.wait shop.book bulkhead",
                        "settle.waiting shop.book bulkhead"));
    }

    @Test
    void callsAndKeysMakeNoMoreMeters() {
        this.app.withBean("search", Search.class).run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            Set<String> before = Meters.all(registry).keySet();

            for (int key = 0; key < 10_000; key++) {
                context.getBean(Search.class).search("term " + key);
            }

            assertThat(Meters.all(registry).keySet()).isEqualTo(before);
            assertThat(Meters.counted(registry)).containsEntry("settle.calls search.search success", 10_000L);
        });
    }

    @Test
    void methodsOfOneNameShareTheirMeters() {
        this.app.withBean(Methods.class).run(context -> {
            context.getBean(Methods.class).retried();
            context.getBean(Methods.class).limited();

            Map<String, Long> meters = Meters.all(context.getBean(MeterRegistry.class));
            assertThat(meters).containsEntry("settle.calls both success", 2L);
            assertThat(meters).containsKeys("settle.running both retry", "settle.running both bulkhead");
        });
    }

    @Test
    void anApplicationWithoutARegistryIsNotMeasured() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(SettleAutoConfiguration.class, SettleMetricsAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CallMeters.class));
    }

    @Test
    void anApplicationWithoutMicrometerIsNotMeasured() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(SettleAutoConfiguration.class, SettleMetricsAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void settleSwitchedOffMeasuresNothing() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(SettleAutoConfiguration.class, SettleMetricsAutoConfiguration.class))
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("settle.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CallMeters.class));
    }

    @Test
    void callsDoNotMindAFilterThatThrows() {
        SimpleMeterRegistry broken = new SimpleMeterRegistry();
        broken.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (id.getName().startsWith("settle.call")) {
                    throw new IllegalStateException("a broken filter: this is expected");
                }
                return id;
            }
        });
        this.app
                .withBean("broken", MeterRegistry.class, () -> broken, definition -> definition.setPrimary(true))
                .run(context ->
                        assertThat(context.getBean(Shop.class).limited("one")).isCompletedWithValue("one"));
    }

    @Test
    void everyRegistryOfTheApplicationHasTheMeters() {
        SimpleMeterRegistry other = new SimpleMeterRegistry();
        this.app.withBean("other", MeterRegistry.class, () -> other).run(context -> {
            assertThat(context.getBean(Shop.class).limited("one")).isCompletedWithValue("one");

            assertThat(context.getBeansOfType(MeterRegistry.class).values())
                    .hasSize(2)
                    .allSatisfy(registry -> assertThat(Meters.counted(registry))
                            .containsEntry("settle.calls shop.limited success", 1L));
        });
    }

    @Test
    void itHasBootsRegistriesOnceTheyAreThere() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        SettleAutoConfiguration.class,
                        SettleMetricsAutoConfiguration.class,
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        SimpleMetricsExportAutoConfiguration.class))
                .withBean("search", Search.class)
                .run(context -> {
                    context.getBean(Search.class).search("term");

                    assertThat(Meters.counted(context.getBean(MeterRegistry.class)))
                            .containsEntry("settle.calls search.search success", 1L);
                });
    }

    @Test
    void callsDoNotMindAClosedRegistry() {
        this.app.run(context -> {
            context.getBean(MeterRegistry.class).close();

            assertThat(context.getBean(Shop.class).limited("one")).isCompletedWithValue("one");
        });
    }
}
