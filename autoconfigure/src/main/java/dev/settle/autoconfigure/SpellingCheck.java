package dev.settle.autoconfigure;

import dev.settle.plan.InvalidPlanException;
import dev.settle.plan.Nearest;
import dev.settle.plan.Settings;
import dev.settle.plan.Vocabulary;
import java.beans.PropertyDescriptor;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/**
 * Refuses properties below {@code settle} that nobody reads, which Boot would pass over in silence: a limit with a letter
 * too many would not hold. Variables of the operating system are passed over: others may begin with the same word.
 */
final class SpellingCheck {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("settle");

    /** What a property may be followed by: a type with properties of its own, or {@code Object} for a value. */
    private final Map<String, ResolvableType> properties = new TreeMap<>();

    private SpellingCheck() {
        this.properties.putAll(propertiesOf(SettleProperties.class));
        this.properties.put("web", ResolvableType.forClass(SettleWebProperties.class));
        // These have a reader of their own.
        this.properties.put("defaults", ResolvableType.forClass(Object.class));
        this.properties.put("policies", ResolvableType.forClass(Object.class));
    }

    /** Whether there may be a property below {@code settle}. */
    static boolean mayBeWritten(Environment environment) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.containsDescendantOf(PREFIX) != ConfigurationPropertyState.ABSENT) {
                return true;
            }
        }
        return false;
    }

    /**
     * Checks all properties of the environment.
     *
     * @throws InvalidPlanException for the first that nobody reads
     */
    static void check(Environment environment) {
        SpellingCheck check = new SpellingCheck();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names && !isOperatingSystem(source)) {
                names.stream()
                        .filter(PREFIX::isAncestorOf)
                        .forEach(name -> check.check(name, 1, check.properties, names));
            }
        }
    }

    static boolean isOperatingSystem(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> named
                && named.getName().endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }

    private void check(
            ConfigurationPropertyName name,
            int index,
            Map<String, ResolvableType> known,
            IterableConfigurationPropertySource source) {
        String written = name.getElement(index, Form.ORIGINAL);
        ResolvableType type = known.entrySet().stream()
                .filter(entry -> Settings.uniform(entry.getKey()).equals(Settings.uniform(written)))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> unknown(name, written, known, source.getConfigurationProperty(name)));
        int next = index + 1;
        if (Map.class.isAssignableFrom(type.toClass())) {
            type = type.asMap().getGeneric(1);
            next++;
        }
        if (next < name.getNumberOfElements() && isOurs(type)) {
            check(name, next, propertiesOf(type.toClass()), source);
        }
    }

    private static boolean isOurs(ResolvableType type) {
        return type.toClass().getPackage() == SpellingCheck.class.getPackage()
                && !type.toClass().isEnum();
    }

    private static Map<String, ResolvableType> propertiesOf(Class<?> type) {
        Map<String, ResolvableType> properties = new TreeMap<>();
        for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
            if (property.getReadMethod() != null && !property.getName().equals("class")) {
                properties.put(
                        Vocabulary.dashed(property.getName()),
                        ResolvableType.forMethodReturnType(property.getReadMethod()));
            }
        }
        return properties;
    }

    private static InvalidPlanException unknown(
            ConfigurationPropertyName name,
            String written,
            Map<String, ResolvableType> known,
            @Nullable ConfigurationProperty property) {
        return new InvalidPlanException(
                "Property " + name,
                "there is no property of that name"
                        + ((property == null)
                                ? ""
                                : " (value \"" + property.getValue() + "\", " + SettingsReader.origin(property) + ")"),
                StringUtils.capitalize(Nearest.question(written, known.keySet()))
                        + ((name.getNumberOfElements() > 4) ? ". A name with dots goes in brackets." : "."),
                null);
    }
}
