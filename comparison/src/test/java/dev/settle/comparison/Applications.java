package dev.settle.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Spring Boot applications that are started for a scenario, and closed after it. */
public final class Applications implements AutoCloseable {

    private final Class<?> configuration;
    private final List<ConfigurableApplicationContext> started = new ArrayList<>();

    /** Applications with that configuration. */
    public Applications(Class<?> configuration) {
        this.configuration = configuration;
    }

    /** Starts an application with beans of these classes. */
    public ConfigurableApplicationContext start(List<Class<?>> beans, String... properties) {
        return start(context -> beans.forEach(context::registerBean), properties);
    }

    /** Starts an application with beans. */
    public ConfigurableApplicationContext start(Consumer<GenericApplicationContext> beans, String... properties) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(this.configuration)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(properties)
                .initializers(fresh -> beans.accept((GenericApplicationContext) fresh))
                .run();
        this.started.add(context);
        return context;
    }

    /** The application that was started last. */
    public ConfigurableApplicationContext last() {
        return this.started.get(this.started.size() - 1);
    }

    /** An application with a bean that is wrong. */
    public Mistake mistake(String what, Class<?> bean) {
        return new Mistake(what, () -> start(List.of(bean)));
    }

    /** An application with a property that is wrong. */
    public Mistake mistake(String what, String property) {
        return new Mistake(what, () -> start(List.of(), property));
    }

    /** Calls a method whose outcome does not matter. */
    public static void call(Callable<?> call) {
        try {
            call.call();
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Shuts the applications down. */
    @Override
    public void close() {
        this.started.forEach(ConfigurableApplicationContext::close);
        this.started.clear();
    }
}
