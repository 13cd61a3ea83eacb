package dev.settle.plan;

import dev.settle.core.Attributes;
import dev.settle.core.CallKey;
import dev.settle.core.InvalidSettingException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.annotation.AutowiredAnnotationBeanPostProcessor;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.util.ClassUtils;
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
    private final Map<String, Object> objects = new ConcurrentHashMap<>();

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
        return SettingText.duration(attribute, text(attribute));
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
        return (type == none) ? null : kept(attribute, type.getName(), () -> make(attribute, type));
    }

    /** The same for the name of a bean or a class; nothing where the text is empty, or names nothing itself. */
    @Nullable
    Object object(String attribute, String beanOrClass, Class<?> none) {
        if (beanOrClass.isEmpty() || beanOrClass.equals(none.getName())) {
            return null;
        }
        Object object = kept(
                attribute,
                beanOrClass,
                () -> this.beans.containsBean(beanOrClass)
                        ? this.beans.getBean(beanOrClass)
                        : make(attribute, SettingText.type(attribute, beanOrClass, Object.class, classLoader())));
        Class<?> wanted = wanted(attribute);
        InvalidSettingException.check(
                wanted.isInstance(object),
                attribute,
                beanOrClass + " is no " + wanted.getName(),
                "name a bean or a class that is one");
        return object;
    }

    /** What the annotation's attribute is a class of. */
    private Class<?> wanted(String attribute) {
        return ResolvableType.forMethodReturnType(ClassUtils.getMethod(this.annotation.getType(), attribute))
                .getGeneric(0)
                .toClass();
    }

    /** Once for a method: when settings change, the object stays, and with it what it remembers. */
    private Object kept(String attribute, String name, Supplier<Object> maker) {
        Object present = this.objects.get(attribute + " " + name);
        if (present != null) {
            return present;
        }
        // Not computeIfAbsent: to make it may create beans, behind the container's lock. The first is kept.
        Object made = maker.get();
        Object first = this.objects.putIfAbsent(attribute + " " + name, made);
        return (first != null) ? first : made;
    }

    private Object make(String attribute, Class<?> type) {
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
        return key(attribute, text(attribute));
    }

    /** The same for an expression from elsewhere. */
    @Nullable
    CallKey key(String attribute, String text) {
        return StringUtils.hasText(text) ? this.keys.compile(attribute, text, this.method) : null;
    }

    /** Whether the annotation says something else than its own default. */
    boolean isSet(String attribute) {
        return this.annotation.hasNonDefaultValue(attribute);
    }

    /** The value for those who look. */
    Object shown(String attribute) {
        Object value = this.annotation.getValue(attribute).orElse("");
        if (value instanceof Class<?> type) {
            return isSet(attribute) ? type.getName() : "";
        }
        if (value instanceof Class<?>[] types) {
            return Arrays.stream(types).map(Class::getName).collect(Collectors.joining(","));
        }
        return (value instanceof Number || value instanceof Boolean)
                ? value
                : (value instanceof String) ? text(attribute) : value.toString();
    }

    @Nullable
    ClassLoader classLoader() {
        return this.method.getDeclaringClass().getClassLoader();
    }
}
