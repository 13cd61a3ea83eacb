package dev.settle.plan;

import dev.settle.core.Attributes;
import dev.settle.core.CallKey;
import dev.settle.core.PolicyBinding;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attributes of a policy on a method, from the annotation and from what the application sets beside it. */
final class LayeredAttributes implements Attributes {

    static final String ENABLED = "enabled";

    private final MergedAttributes annotation;
    private final PolicyBinding<?> binding;
    private final String name;
    private final Tuning tuning;

    LayeredAttributes(MergedAttributes annotation, PolicyBinding<?> binding, String name, Tuning tuning) {
        this.annotation = annotation;
        this.binding = binding;
        this.name = name;
        this.tuning = tuning;
    }

    /** What is set beside the annotation and counts more than what that says; null: the annotation has the word. */
    @Nullable
    Setting setting(String attribute) {
        String property = this.binding.property(attribute);
        if (property.isEmpty()) {
            return null;
        }
        Setting named = this.tuning.named(this.name, this.binding.policy(), property);
        if (named != null || this.annotation.isSet(attribute)) {
            return named;
        }
        return this.tuning.general(this.binding.policy(), property);
    }

    private @Nullable Setting switchSetting() {
        Setting named = this.tuning.named(this.name, this.binding.policy(), ENABLED);
        return (named != null) ? named : this.tuning.general(this.binding.policy(), ENABLED);
    }

    /** Whether the policy is switched on. */
    boolean enabled() {
        Setting setting = switchSetting();
        return setting == null || SettingText.flag(ENABLED, setting.value());
    }

    /** All values and where they come from, the attributes in the order of their names. */
    List<SettingValue> values() {
        List<SettingValue> values = new ArrayList<>();
        Setting on = switchSetting();
        values.add(new SettingValue(ENABLED, enabled(), (on != null) ? on.origin() : SettingValue.DEFAULT));
        Method[] attributes = this.binding.annotation().getDeclaredMethods();
        Arrays.sort(attributes, Comparator.comparing(Method::getName));
        for (Method attribute : attributes) {
            String property = this.binding.property(attribute.getName());
            if (!property.isEmpty() && !attribute.getName().equals("name")) {
                values.add(value(attribute, property));
            }
        }
        return values;
    }

    private SettingValue value(Method attribute, String property) {
        Setting setting = setting(attribute.getName());
        if (setting == null) {
            return new SettingValue(
                    property,
                    this.annotation.shown(attribute.getName()),
                    this.annotation.isSet(attribute.getName()) ? SettingValue.ANNOTATION : SettingValue.DEFAULT);
        }
        return new SettingValue(property, shown(attribute, setting.value().trim()), setting.origin());
    }

    /** In the one spelling that a value has: who compares two of them must not see a difference where there is none. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // the type of the attribute is an enum's
    private static Object shown(Method attribute, String text) {
        Class<?> type = attribute.getReturnType();
        if (type == int.class) {
            return SettingText.number(attribute.getName(), text);
        }
        if (type == double.class) {
            return SettingText.decimal(attribute.getName(), text);
        }
        if (type == boolean.class) {
            return SettingText.flag(attribute.getName(), text);
        }
        return type.isEnum()
                ? SettingText.choice(attribute.getName(), text, (Class<? extends Enum>) type)
                        .toString()
                : text;
    }

    @Override
    public String text(String attribute) {
        Setting setting = setting(attribute);
        return (setting != null) ? setting.value().trim() : this.annotation.text(attribute);
    }

    @Override
    public @Nullable Duration duration(String attribute) {
        return SettingText.duration(attribute, text(attribute));
    }

    @Override
    public int number(String attribute) {
        Setting setting = setting(attribute);
        return (setting != null) ? SettingText.number(attribute, setting.value()) : this.annotation.number(attribute);
    }

    @Override
    public double decimal(String attribute) {
        Setting setting = setting(attribute);
        return (setting != null) ? SettingText.decimal(attribute, setting.value()) : this.annotation.decimal(attribute);
    }

    @Override
    public boolean flag(String attribute) {
        Setting setting = setting(attribute);
        return (setting != null) ? SettingText.flag(attribute, setting.value()) : this.annotation.flag(attribute);
    }

    @Override
    public <E extends Enum<E>> E choice(String attribute, Class<E> type) {
        Setting setting = setting(attribute);
        return (setting != null)
                ? SettingText.choice(attribute, setting.value(), type)
                : this.annotation.choice(attribute, type);
    }

    @Override
    @SuppressWarnings("unchecked") // each has been checked to be one
    public <T> Class<? extends T>[] classes(String attribute, Class<T> type) {
        Setting setting = setting(attribute);
        return (setting != null)
                ? SettingText.classes(attribute, setting.value(), type, this.annotation.classLoader())
                        .toArray(Class[]::new)
                : this.annotation.classes(attribute, type);
    }

    @Override
    public @Nullable Object object(String attribute, Class<?> none) {
        Setting setting = setting(attribute);
        return (setting != null)
                ? this.annotation.object(attribute, setting.value().trim(), none)
                : this.annotation.object(attribute, none);
    }

    @Override
    public @Nullable CallKey key(String attribute) {
        return this.annotation.key(attribute, text(attribute));
    }
}
