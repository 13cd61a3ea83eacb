package dev.settle.benchmark.interception;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A bean, and the application around it.
 *
 * @param desk what is called
 * @param context the application; null: there is none
 */
record Subject(Desk desk, @Nullable ConfigurableApplicationContext context) implements AutoCloseable {

    static Subject bare(Supplier<Desk> desk) {
        return new Subject(desk.get(), null);
    }

    static Subject application(Class<?> configuration, Class<? extends Desk> bean, String... properties) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(configuration)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(properties)
                .initializers(fresh -> ((GenericApplicationContext) fresh).registerBean(bean))
                .run();
        return new Subject(context.getBean(Desk.class), context);
    }

    @Override
    public void close() {
        if (this.context != null) {
            this.context.close();
        }
    }
}
