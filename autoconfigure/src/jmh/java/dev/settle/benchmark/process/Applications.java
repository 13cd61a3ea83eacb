package dev.settle.benchmark.process;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** In the child: Spring Boot applications with whatever is on the class path. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Applications {

    /** Starts an application with beans of these classes. */
    public static ConfigurableApplicationContext start(Iterable<Class<?>> beans, String... properties) {
        return run(WebApplicationType.NONE, beans, properties);
    }

    /** Starts one that serves the web. */
    public static ConfigurableApplicationContext serve(Iterable<Class<?>> beans, String... properties) {
        return run(WebApplicationType.SERVLET, beans, properties);
    }

    private static ConfigurableApplicationContext run(
            WebApplicationType type, Iterable<Class<?>> beans, String... properties) {
        return new SpringApplicationBuilder(Applications.class)
                .web(type)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(properties)
                .initializers(fresh -> beans.forEach(((GenericApplicationContext) fresh)::registerBean))
                .run();
    }
}
