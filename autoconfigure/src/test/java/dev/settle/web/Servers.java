package dev.settle.web;

import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.autoconfigure.SettleHttpClientAutoConfiguration;
import dev.settle.autoconfigure.SettleReactiveWebAutoConfiguration;
import dev.settle.autoconfigure.SettleServletAutoConfiguration;
import dev.settle.autoconfigure.SettleTomcatAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;

/** Web applications on real servers. */
public final class Servers {

    private Servers() {}

    /** Spring MVC on Tomcat, which is looked after closely. */
    public static WebApplicationContextRunner tomcat() {
        return new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
                .withConfiguration(AutoConfigurations.of(
                        SettleAutoConfiguration.class,
                        SettleServletAutoConfiguration.class,
                        SettleTomcatAutoConfiguration.class,
                        SettleHttpClientAutoConfiguration.class,
                        RestClientAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        HttpMessageConvertersAutoConfiguration.class,
                        TomcatServletWebServerAutoConfiguration.class,
                        DispatcherServletAutoConfiguration.class,
                        ErrorMvcAutoConfiguration.class,
                        WebMvcAutoConfiguration.class))
                .withPropertyValues("server.port=0", "settle.web.tomcat.probe-interval=10ms");
    }

    /** Spring WebFlux on Netty. */
    public static ReactiveWebApplicationContextRunner netty() {
        return new ReactiveWebApplicationContextRunner(AnnotationConfigReactiveWebServerApplicationContext::new)
                .withConfiguration(AutoConfigurations.of(
                        SettleAutoConfiguration.class,
                        SettleReactiveWebAutoConfiguration.class,
                        SettleHttpClientAutoConfiguration.class,
                        WebClientAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        CodecsAutoConfiguration.class,
                        NettyReactiveWebServerAutoConfiguration.class,
                        HttpHandlerAutoConfiguration.class,
                        ErrorWebFluxAutoConfiguration.class,
                        WebFluxAutoConfiguration.class))
                // Netty's threads would wait for two seconds for more to do.
                .withPropertyValues("server.port=0", "spring.reactor.netty.shutdown-quiet-period=0s");
    }

    public static int port(ApplicationContextAssertProvider<?> context) {
        return ((WebServerApplicationContext) context.getSourceApplicationContext())
                .getWebServer()
                .getPort();
    }
}
