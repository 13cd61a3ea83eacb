package dev.settle.plan;

import dev.settle.core.Attributes;
import dev.settle.core.CallKey;
import dev.settle.core.InvalidSettingException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.annotation.AutowiredAnnotationBeanPostProcessor;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

/** The attributes of one merged annotation, with its placeholders filled in. */
final class MergedAttributes implements Attributes {

    private final MergedAnnotation<? extends Annotation> annotation;
    private final StringValueResolver placeholders;
    private final AutowireCapableBeanFactory beans;
    private final KeyExpressions keys;
    private final Method method;

    MergedAttributes(
            MergedAnnotation<? extends Annotation> annotation,
            Method method,
            StringValueResolver placeholders,
            AutowireCapableBeanFactory beans,
            KeyExpressions keys) {
        this.annotation = annotation;
        this.method = method;
        this.placeholders = placeholders;
        this.beans = beans;
        this.keys = keys;
    }

    @Override
    public String text(String attribute) {
        String written = this.annotation.getString(attribute);
        try {
            String resolved = this.placeholders.resolveStringValue(written);
            if (resolved != null && resolved.contains("${")) {
                // Spring leaves it as it is where nobody has set up strict placeholders.
                throw unresolvable(attribute, written, "there is no such property");
            }
            return (resolved == null) ? "" : resolved.trim();
        } catch (PlaceholderResolutionException ex) {
            throw unresolvable(attribute, written, ex.getMessage());
        }
    }

    private static InvalidSettingException unresolvable(String attribute, String written, @Nullable String why) {
        return new InvalidSettingException(
                attribute,
                "\"" + written + "\" cannot be resolved (" + why + ")",
                "set the property, or write a default as in \"${property:default}\"");
    }

    @Override
    public @Nullable Duration duration(String attribute) {
        String text = text(attribute);
        if (!StringUtils.hasText(text)) {
            return null;
        }
        try {
            return DurationFormatterUtils.detectAndParse(text);
        } catch (IllegalArgumentException ex) {
            throw new InvalidSettingException(
                    attribute,
                    "\"" + text + "\" is no duration",
                    "write a number and a unit (ns, us, ms, s, m, h, d), as in \"300ms\", or ISO-8601, as in \"PT0.3S\"");
        }
    }

    @Override
    public int number(String attribute) {
        return this.annotation.getInt(attribute);
    }

    @Override
    public double decimal(String attribute) {
        return this.annotation.getDouble(attribute);
    }

    @Override
    public boolean flag(String attribute) {
        return this.annotation.getBoolean(attribute);
    }

    @Override
    public <E extends Enum<E>> E choice(String attribute, Class<E> type) {
        return this.annotation.getEnum(attribute, type);
    }

    @Override
    @SuppressWarnings("unchecked") // the annotation's attribute has this type
    public <T> Class<? extends T>[] classes(String attribute, Class<T> type) {
        return (Class<? extends T>[]) this.annotation.getClassArray(attribute);
    }

    @Override
    public @Nullable Object object(String attribute, Class<?> none) {
        Class<?> type = this.annotation.getClass(attribute);
        if (type == none) {
            return null;
        }
        Object bean = this.beans.getBeanProvider(type).getIfUnique();
        if (bean != null) {
            return bean;
        }
        InvalidSettingException.check(
                !Modifier.isAbstract(type.getModifiers()),
                attribute,
                "there is no bean, or more than one, of " + type.getName() + ", of which no object can be made",
                "define exactly one bean of it, or name a class");
        Object made = this.beans.createBean(type);
        if (AotDetector.useGeneratedArtifacts()) {
            inject(made);
        }
        return made;
    }

    /** Ahead of time injection has become generated code, which is there for beans alone. */
    private void inject(Object made) {
        AutowiredAnnotationBeanPostProcessor injection = new AutowiredAnnotationBeanPostProcessor();
        injection.setBeanFactory(this.beans);
        injection.processInjection(made);
    }

    @Override
    public @Nullable CallKey key(String attribute) {
        String text = text(attribute);
        return StringUtils.hasText(text) ? this.keys.compile(attribute, text, this.method) : null;
    }
}
