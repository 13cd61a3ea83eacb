package dev.settle.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Gives the contexts of annotated tests virtual time. */
final class VirtualTimeContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        WithVirtualTime annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, WithVirtualTime.class);
        return (annotation == null) ? null : new Customizer(annotation.seed());
    }

    /** Contexts with the same seed may be the same. */
    private record Customizer(long seed) implements ContextCustomizer {

        /** Before the auto-configuration, which then has no time source of its own. */
        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            VirtualTime time = VirtualTime.seeded(this.seed);
            beans.registerBean("settleVirtualTime", VirtualTime.class, () -> time, definition -> {
                definition.setPrimary(true);
                definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
            });
            beans.registerBean(
                    VirtualTimeAtClose.class,
                    () -> new VirtualTimeAtClose(time, context),
                    definition -> definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE));
        }
    }
}
