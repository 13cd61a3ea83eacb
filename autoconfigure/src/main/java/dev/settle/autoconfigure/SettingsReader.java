package dev.settle.autoconfigure;

import dev.settle.core.InvalidSettingException;
import dev.settle.plan.InvalidPlanException;
import dev.settle.plan.Setting;
import dev.settle.plan.Settings;
import dev.settle.plan.Vocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ObjectUtils;
import org.springframework.util.StringUtils;

/**
 * Reads {@code settle.defaults} and {@code settle.policies}, each value with its place. They are read by hand, because the
 * names of methods have dots in them: what is left of the policy is the name, with brackets or without.
 */
final class SettingsReader {

    private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of("settle.defaults");
    private static final ConfigurationPropertyName POLICIES = ConfigurationPropertyName.of("settle.policies");

    private static final Logger log = LoggerFactory.getLogger(SettingsReader.class);

    private final Environment environment;
    private final Vocabulary vocabulary;
    private final Settings.Builder settings = new Settings.Builder();

    private SettingsReader(Environment environment, Vocabulary vocabulary) {
        this.environment = environment;
        this.vocabulary = vocabulary;
    }

    /**
     * Reads the settings of now.
     *
     * @throws InvalidPlanException when one of them is not known or not readable
     */
    static Settings read(Environment environment, Vocabulary vocabulary) {
        SettingsReader reader = new SettingsReader(environment, vocabulary);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource properties) {
                reader.read(properties);
            }
        }
        return reader.settings.build();
    }

    /** Lists come one element after another; within a source they are one value, which hides those of later sources. */
    private void read(IterableConfigurationPropertySource source) {
        Map<ConfigurationPropertyName, List<ConfigurationProperty>> values = new LinkedHashMap<>();
        source.stream()
                .filter(name -> DEFAULTS.isAncestorOf(name) || POLICIES.isAncestorOf(name))
                // One that stands there in two spellings is one.
                .distinct()
                .sorted()
                .map(source::getConfigurationProperty)
                .filter(property -> property != null)
                .forEach(property -> values.computeIfAbsent(withoutIndex(property.getName()), key -> new ArrayList<>())
                        .add(property));
        values.forEach((name, properties) -> {
            try {
                add(name, properties);
            } catch (InvalidPlanException ex) {
                if (!SpellingCheck.isOperatingSystem(source)) {
                    throw ex;
                }
                // It may be another program's.
                log.warn("{}. {} It is passed over.", ex.getMessage(), ex.action());
            }
        });
    }

    private static ConfigurationPropertyName withoutIndex(ConfigurationPropertyName name) {
        return name.isLastElementIndexed() && name.isNumericIndex(name.getNumberOfElements() - 1)
                ? name.getParent()
                : name;
    }

    private void add(ConfigurationPropertyName name, List<ConfigurationProperty> properties) {
        int policy = policy(name);
        if (policy < 0 && isEmpty(properties.get(0))) {
            return; // a section whose lines are all commented out
        }
        try {
            add(name, policy, properties);
        } catch (InvalidSettingException ex) {
            throw invalid(name, properties.get(0), ex);
        }
    }

    private void add(ConfigurationPropertyName name, int index, List<ConfigurationProperty> properties) {
        int end = name.getNumberOfElements();
        boolean general = DEFAULTS.isAncestorOf(name);
        if (index < 0 && end < (general ? 4 : 5)) {
            throw new InvalidPlanException(
                    "Property " + written(name),
                    "it names no setting of a policy (" + origin(properties.get(0)) + ")",
                    "Write settle.defaults.<policy>.<setting> or settle.policies.<name>.<policy>.<setting>.",
                    null);
        }
        int at = (index < 0) ? (general ? 2 : end - 2) : index;
        String text = properties.stream().map(property -> text(name, property)).collect(Collectors.joining(","));
        String policy = this.vocabulary.policy(name.getElement(at, Form.ORIGINAL));
        String property = this.vocabulary.property(policy, elements(name, at + 1, end, "-"), text);
        Setting setting = new Setting(text, written(name) + " (" + origin(properties.get(0)) + ")");
        if (general) {
            this.settings.general(policy, property, setting);
        } else {
            this.settings.named(elements(name, 2, at, "."), policy, property, setting);
        }
    }

    private static boolean isEmpty(ConfigurationProperty property) {
        return property.getValue().toString().isEmpty();
    }

    /**
     * Where the policy stands; negative where there is none. It is the rightmost word for one that is followed by one of its
     * settings, else the rightmost at all; in the name of an environment variable each word of a setting may be an element of
     * its own.
     */
    private int policy(ConfigurationPropertyName name) {
        int end = name.getNumberOfElements();
        int first = DEFAULTS.isAncestorOf(name) ? 2 : 3;
        int found = -1;
        for (int i = DEFAULTS.isAncestorOf(name) ? 2 : end - 2; i >= first && i < end - 1; i--) {
            String word = name.getElement(i, Form.ORIGINAL);
            if (knows(this.vocabulary.policies(), word)) {
                found = (found < 0) ? i : found;
                if (knows(this.vocabulary.properties(this.vocabulary.policy(word)), elements(name, i + 1, end, ""))) {
                    return i;
                }
            }
        }
        return found;
    }

    private static boolean knows(Collection<String> words, String written) {
        return words.stream().anyMatch(word -> Settings.uniform(word).equals(Settings.uniform(written)));
    }

    /** As it stands in the file: Boot would print names of methods in lower case. */
    private static String written(ConfigurationPropertyName name) {
        return elements(name, 0, name.getNumberOfElements(), ".");
    }

    private static String elements(ConfigurationPropertyName name, int from, int to, String separator) {
        List<String> elements = new ArrayList<>();
        for (int i = from; i < to; i++) {
            elements.add(name.getElement(i, Form.ORIGINAL));
        }
        return String.join(separator, elements);
    }

    private String text(ConfigurationPropertyName name, ConfigurationProperty property) {
        Object value = property.getValue();
        try {
            if (value instanceof Class<?> type) {
                return type.getName();
            }
            String text = (value instanceof Collection<?> || value instanceof Object[])
                    ? StringUtils.arrayToCommaDelimitedString(ObjectUtils.toObjectArray(
                            (value instanceof Collection<?> several) ? several.toArray() : value))
                    : value.toString();
            return this.environment.resolveRequiredPlaceholders(text);
        } catch (IllegalArgumentException ex) {
            throw new InvalidPlanException(
                    "Property " + written(name),
                    "\"" + value + "\" cannot be resolved (" + origin(property) + "): " + ex.getMessage(),
                    "Set the property it names, or write a default as in ${property:default}.",
                    ex);
        }
    }

    /** The place, for people. */
    static String origin(ConfigurationProperty property) {
        Origin origin = property.getOrigin();
        ConfigurationPropertySource source = property.getSource();
        if (origin != null || source == null) {
            return (origin != null) ? origin.toString() : "unknown place";
        }
        return (source.getUnderlyingSource() instanceof PropertySource<?> named)
                ? "property source \"" + named.getName() + "\""
                : String.valueOf(source.getUnderlyingSource());
    }

    private static InvalidPlanException invalid(
            ConfigurationPropertyName name, ConfigurationProperty property, InvalidSettingException cause) {
        return new InvalidPlanException(
                "Property " + written(name),
                cause.problem() + " (value \"" + property.getValue() + "\", " + origin(property) + ")",
                StringUtils.capitalize(cause.remedy()) + ".",
                cause);
    }
}
