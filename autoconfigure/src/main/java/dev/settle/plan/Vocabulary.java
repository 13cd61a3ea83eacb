package dev.settle.plan;

import dev.settle.core.InvalidSettingException;
import dev.settle.core.PolicyBinding;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which policies there are, and which properties each of them has. */
public final class Vocabulary {

    /** The type of each property, by policy and property. */
    private final Map<String, Map<String, Class<?>>> policies = new TreeMap<>();

    /** The properties that are durations, as policy and property. */
    private final Set<String> durations = new HashSet<>();

    /** The words of these policies. */
    public Vocabulary(List<PolicyBinding<?>> bindings) {
        for (PolicyBinding<?> binding : bindings) {
            Map<String, Class<?>> properties = this.policies.computeIfAbsent(binding.policy(), key -> new TreeMap<>());
            properties.put(LayeredAttributes.ENABLED, boolean.class);
            AttributeKinds.durations(binding).stream()
                    .map(binding::property)
                    .forEach(property -> this.durations.add(binding.policy() + "." + property));
            for (Method attribute : binding.annotation().getDeclaredMethods()) {
                String property = binding.property(attribute.getName());
                if (!property.isEmpty() && !attribute.getName().equals("name")) {
                    properties.put(property, attribute.getReturnType());
                }
            }
        }
    }

    /** The policies. */
    public Collection<String> policies() {
        return this.policies.keySet();
    }

    /** The properties of a policy, spelled as the attributes of its annotation. */
    public Collection<String> properties(String policy) {
        return this.policies.getOrDefault(policy, Map.of()).keySet();
    }

    /**
     * The policy that is meant.
     *
     * @throws InvalidSettingException when there is none
     */
    public String policy(String written) {
        return find(written, policies(), "policy");
    }

    /**
     * The property of a policy that is meant.
     *
     * @param value what it is to be; null is nothing
     * @throws InvalidSettingException when it has none of that name, or cannot read the value
     */
    public String property(String policy, String written, @Nullable String value) {
        Map<String, Class<?>> types = this.policies.getOrDefault(policy, Map.of());
        String property = find(written, types.keySet(), "setting of '" + policy + "'");
        Class<?> type = types.get(property);
        if (type != null && value != null) {
            read(property, type, value);
        }
        if (value != null && this.durations.contains(policy + "." + property)) {
            SettingText.duration(property, value);
        }
        return property;
    }

    /** Whether a property names classes or beans. */
    public boolean namesCode(String policy, String property) {
        Class<?> type = this.policies.getOrDefault(policy, Map.of()).get(property);
        return type == Class.class || type == Class[].class;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the type of the annotation's attribute is an enum's
    private static void read(String property, Class<?> type, String value) {
        if (type == int.class) {
            SettingText.number(property, value);
        } else if (type == double.class) {
            SettingText.decimal(property, value);
        } else if (type == boolean.class) {
            SettingText.flag(property, value);
        } else if (type.isEnum()) {
            SettingText.choice(property, value, (Class<? extends Enum>) type);
        }
    }

    private static String find(String written, Collection<String> known, String what) {
        for (String word : known) {
            if (Settings.uniform(word).equals(Settings.uniform(written))) {
                return word;
            }
        }
        List<String> all = known.stream().map(Vocabulary::dashed).toList();
        throw new InvalidSettingException(
                written, "there is no " + what + " of that name", Nearest.question(written, all));
    }

    /** The spelling of {@code application.yml}. */
    public static String dashed(String attribute) {
        return attribute.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
