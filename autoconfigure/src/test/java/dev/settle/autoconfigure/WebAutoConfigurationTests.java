package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.web.CallProblems;
import dev.settle.web.reactive.AbortSignalWebFilter;
import dev.settle.web.servlet.AbortSignalFilter;
import dev.settle.web.servlet.ClientWatch;
import dev.settle.web.tomcat.DisconnectProbe;
import dev.settle.web.tomcat.ProbedHttp11NioProtocol;
import java.time.Duration;
import org.apache.coyote.http11.Http11NioProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webclient.WebClientCustomizer;

/** Which parts for the web an application gets. */
class WebAutoConfigurationTests {

    private static final AutoConfigurations ALL = AutoConfigurations.of(
            SettleAutoConfiguration.class,
            SettleServletAutoConfiguration.class,
            SettleTomcatAutoConfiguration.class,
            SettleReactiveWebAutoConfiguration.class,
            SettleHttpClientAutoConfiguration.class);

    private final ApplicationContextRunner plain = new ApplicationContextRunner().withConfiguration(ALL);
    private final WebApplicationContextRunner servlet = new WebApplicationContextRunner().withConfiguration(ALL);
    private final ReactiveWebApplicationContextRunner reactive =
            new ReactiveWebApplicationContextRunner().withConfiguration(ALL);

    @Test
    void applicationThatIsNoWebApplicationGetsNothing() {
        this.plain.run(context -> assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(FilterRegistrationBean.class)
                .doesNotHaveBean(AbortSignalWebFilter.class)
                .doesNotHaveBean(DisconnectProbe.class)
                .doesNotHaveBean(CallProblems.class));
    }

    @Test
    void servletApplicationGetsAFilterAndAnAdvice() {
        this.servlet.run(context -> {
            assertThat(context).hasSingleBean(CallProblems.class).hasSingleBean(DisconnectProbe.class);
            assertThat(context.getBean(FilterRegistrationBean.class).getFilter())
                    .isInstanceOf(AbortSignalFilter.class);
        });
    }

    @Test
    void reactiveApplicationGetsAFilterAndAnAdvice() {
        this.reactive.run(context -> assertThat(context)
                .hasSingleBean(CallProblems.class)
                .hasSingleBean(AbortSignalWebFilter.class)
                .doesNotHaveBean(DisconnectProbe.class));
    }

    @Test
    void nothingIsThereWhenSettleIsSwitchedOff() {
        this.servlet
                .withPropertyValues("settle.enabled=false", "settle.web.deadline.send=true")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(CallProblems.class)
                        .doesNotHaveBean(DisconnectProbe.class)
                        .doesNotHaveBean(RestClientCustomizer.class)
                        .doesNotHaveBean(FilterRegistrationBean.class));
        this.reactive
                .withPropertyValues("settle.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(CallProblems.class)
                        .doesNotHaveBean(AbortSignalWebFilter.class));
    }

    @Test
    void applicationStartsWithoutAnythingOfTheWeb() {
        this.plain
                .withPropertyValues("settle.web.deadline.send=true")
                .withClassLoader(new FilteredClassLoader(
                        "jakarta.servlet",
                        "org.apache",
                        "org.springframework.web",
                        "org.springframework.boot.tomcat",
                        "org.springframework.boot.webclient",
                        "org.springframework.boot.restclient",
                        "reactor"))
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void servletApplicationStartsWithoutTomcatWebFluxAndReactor() {
        this.servlet
                .withPropertyValues("settle.web.deadline.send=true")
                .withClassLoader(new FilteredClassLoader(
                        "org.apache.catalina",
                        "org.apache.coyote",
                        "org.springframework.boot.tomcat",
                        "org.springframework.web.reactive",
                        "org.springframework.boot.webclient",
                        "reactor"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(CallProblems.class)
                        .hasSingleBean(RestClientCustomizer.class)
                        .doesNotHaveBean(WebClientCustomizer.class)
                        .doesNotHaveBean(DisconnectProbe.class));
    }

    @Test
    void servletApplicationStartsWithoutSpringMvc() {
        this.servlet
                .withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(FilterRegistrationBean.class)
                        .doesNotHaveBean(CallProblems.class));
    }

    @Test
    void reactiveApplicationStartsWithoutServlets() {
        this.reactive
                .withClassLoader(new FilteredClassLoader(
                        "jakarta.servlet", "org.apache.catalina", "org.springframework.web.servlet"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(AbortSignalWebFilter.class));
    }

    private static String protocol(WebApplicationContextRunner runner, String before) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
        factory.setProtocol(before);
        runner.run(context -> context.getBean(KnownConnections.class).customize(factory));
        return factory.getProtocol();
    }

    @Test
    void tomcatGetsTheProbe() {
        assertThat(protocol(this.servlet, Http11NioProtocol.class.getName()))
                .isEqualTo(ProbedHttp11NioProtocol.class.getName());
    }

    @Test
    void protocolOfTheApplicationsOwnIsLeftAlone() {
        assertThat(protocol(this.servlet, "org.example.OwnProtocol")).isEqualTo("org.example.OwnProtocol");
    }

    @Test
    void intervalOfZeroLeavesTheProtocolAlone() {
        assertThat(protocol(
                        this.servlet.withPropertyValues("settle.web.tomcat.probe-interval=0"),
                        Http11NioProtocol.class.getName()))
                .isEqualTo(Http11NioProtocol.class.getName());
    }

    @Test
    void settingsAreThoseThatTheDocumentationNames() {
        SettleWebProperties properties = new SettleWebProperties();

        assertThat(properties.isProblemDetails()).isTrue();
        assertThat(properties.getRetryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(properties.getTomcat().getProbeInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(properties.getDeadline().isSend()).isFalse();
        assertThat(properties.getDeadline().accepted()).isNull();
        assertThat(properties.getDeadline().sent().name()).isEqualTo("X-Request-Timeout-Ms");
    }

    @Test
    void watchOfTheApplicationTakesThePlaceOfTheProbe() {
        this.servlet
                .withBean(ClientWatch.class, () -> (request, gone) -> () -> {})
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(DisconnectProbe.class);
                    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory();
                    context.getBean(KnownConnections.class).customize(factory);
                    assertThat(factory.getProtocol()).isEqualTo(TomcatServletWebServerFactory.DEFAULT_PROTOCOL);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bad name", "X-Left:"})
    void nameThatNoHeaderHasStopsTheApplication(String name) {
        FailureAnalysis analysis = Startup.analysis(
                this.plain.withPropertyValues("settle.web.deadline.send=true", "settle.web.deadline.header=" + name));

        assertThat(analysis.getDescription()).contains("settle.web.deadline.header", "'" + name + "'");
    }
}
