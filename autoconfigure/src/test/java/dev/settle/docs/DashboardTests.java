package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.SettleMetricsAutoConfiguration;
import dev.settle.autoconfigure.Startup;
import dev.settle.cluster.ClusterEngine;
import dev.settle.cluster.HandEngine;
import dev.settle.docs.Query.Condition;
import dev.settle.metrics.SettleMeters;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import tools.jackson.databind.JsonNode;

/** The dashboard asks for what an application has: all of it, and nothing else. */
class DashboardTests {

    private static final String HISTOGRAM = "management.metrics.distribution.percentiles-histogram.settle.calls=true";

    private static Scrape plain;
    private static Scrape withHistogram;

    static class Shop {

        @Debounce("1s")
        @Retry
        @Timeout("1s")
        @Throttle(limit = 1, window = "1s")
        @Exclusive
        @Bulkhead(1)
        public CompletableFuture<String> price() {
            return CompletableFuture.completedFuture("one");
        }

        @Exclusive(scope = Scope.CLUSTER)
        public void count() {}
    }

    @BeforeAll
    static void scrape() {
        plain = scrape("settle.enabled=true");
        withHistogram = scrape(HISTOGRAM);
    }

    /** Nobody has called anything: all meters are there all the same. */
    private static Scrape scrape(String property) {
        String[] text = new String[1];
        Startup.runner()
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class,
                        CompositeMeterRegistryAutoConfiguration.class,
                        PrometheusMetricsExportAutoConfiguration.class,
                        SettleMetricsAutoConfiguration.class))
                .withPropertyValues(property)
                .withBean("shop", Shop.class)
                .withBean(ClusterEngine.class, HandEngine::new)
                .run(context ->
                        text[0] = context.getBean(PrometheusMeterRegistry.class).scrape());
        return Scrape.of(text[0]);
    }

    static Stream<Query> queries() throws IOException {
        Dashboard dashboard = Dashboard.read();
        return Stream.concat(dashboard.queries().stream(), dashboard.variables().stream());
    }

    static List<JsonNode> charts() throws IOException {
        return Dashboard.read().charts();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void eachMetricIsThere(Query query) {
        assertThat(query.metrics())
                .isNotEmpty()
                .isSubsetOf(withHistogram.metrics().keySet());
    }

    @ParameterizedTest
    @MethodSource("queries")
    void eachConditionIsAboutALabelOfItsMetricAndValuesThatItHas(Query query) {
        assertThat(query.conditions()).allSatisfy(condition -> {
            assertThat(withHistogram.labels(condition.metric())).contains(condition.label());
            assertThat(withHistogram.values(condition.metric(), condition.label()))
                    .containsAll(condition.values());
        });
    }

    @ParameterizedTest
    @MethodSource("queries")
    void eachGroupIsALabelOfEveryMetricOfTheQuery(Query query) {
        assertThat(query.metrics())
                .allSatisfy(metric -> assertThat(withHistogram.labels(metric)).containsAll(query.groups()));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aLegendNamesWhatIsLeftOfTheLabels(Query query) {
        Set<String> groups = new TreeSet<>(query.groups());
        groups.remove("le");
        assertThat(query.labelsOfLegend()).isEqualTo(groups);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void eachVariableIsThere(Query query) throws IOException {
        Set<String> known = new TreeSet<>(Dashboard.read().variableNames());
        known.add("__rate_interval");
        assertThat(query.variables()).isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void eachMetricIsNarrowedToWhatIsSelected(Query query) {
        List<String> narrowed =
                query.conditions().stream().map(Condition::metric).distinct().toList();
        assertThat(query.metrics()).allSatisfy(metric -> {
            if (!query.groups().contains("job")) {
                assertThat(narrowed).contains(metric);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("charts")
    void eachPanelSaysWhatItShowsInWhichUnitAndWhatToLookFor(JsonNode chart) {
        assertThat(chart.path("title").asString()).isNotBlank();
        assertThat(chart.path("description").asString()).endsWith(".");
        assertThat(chart.path("fieldConfig").path("defaults").path("unit").asString())
                .isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("charts")
    void whatNeedsAHistogramSaysWhichPropertyMakesIt(JsonNode chart) {
        for (JsonNode target : chart.get("targets")) {
            Query query = new Query("", target.get("expr").asString(), "");
            if (!plain.metrics().keySet().containsAll(query.metrics())) {
                assertThat(chart.get("description").asString()).contains(HISTOGRAM);
            }
        }
    }

    @Test
    void everyMeterIsOnSomePanel() throws Exception {
        String expressions = String.join(
                "\n", Dashboard.read().queries().stream().map(Query::expression).toList());
        for (Field field : SettleMeters.class.getFields()) {
            String meter = (String) field.get(null);
            if (meter.startsWith("settle.")) {
                assertThat(expressions)
                        .containsPattern(meter.replace('.', '_') + "(_total|_seconds_(count|sum|max|bucket))?\\{");
            }
        }
    }

    @Test
    void panelsHaveIdsOfTheirOwn() throws IOException {
        assertThat(Dashboard.read().panels())
                .hasSizeGreaterThan(20)
                .extracting(panel -> panel.get("id").asInt())
                .doesNotHaveDuplicates();
    }

    @Test
    void dataComesFromASourceThatIsChosen() throws IOException {
        Dashboard dashboard = Dashboard.read();
        assertThat(dashboard.variableNames()).contains("datasource");
        assertThat(dashboard.sources()).isNotEmpty().containsOnly("${datasource}");
    }

    @Test
    void noMachineIsNamed() throws IOException {
        String text = Dashboard.read().text();
        assertThat(Arrays.asList("http:", "https:", "localhost", "127.0.0.1")).noneMatch(text::contains);
    }
}
