package dev.settle.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings as they were read at one moment. Spelling is relaxed: neither case nor dashes count. */
public final class Settings implements Tuning {

    private final Map<String, Map<String, Setting>> byName;
    private final Map<String, String> names;

    private Settings(Map<String, Map<String, Setting>> byName, Map<String, String> names) {
        this.byName = byName;
        this.names = names;
    }

    /** Nothing is set. */
    public static Settings none() {
        return new Settings(Map.of(), Map.of());
    }

    @Override
    public @Nullable Setting named(String name, String policy, String property) {
        Map<String, Setting> settings = this.byName.get("." + uniform(name));
        return (settings == null) ? null : settings.get(uniform(policy + "." + property));
    }

    @Override
    public @Nullable Setting general(String policy, String property) {
        Map<String, Setting> settings = this.byName.get("");
        return (settings == null) ? null : settings.get(uniform(policy + "." + property));
    }

    /** The names that something is set for, as they are written. */
    public Collection<String> names() {
        return this.names.values();
    }

    /** The policies that something is set for under a name, in the uniform spelling. */
    public Set<String> policies(String name) {
        Set<String> policies = new LinkedHashSet<>();
        this.byName
                .getOrDefault("." + uniform(name), Map.of())
                .keySet()
                .forEach(key -> policies.add(key.substring(0, key.indexOf('.'))));
        return policies;
    }

    /** As it is compared. */
    public static String uniform(String spelled) {
        return spelled.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** These, with one more; one that is there already is replaced. */
    Settings with(String name, String policy, String property, @Nullable Setting setting) {
        Builder builder = new Builder();
        this.byName.forEach((known, settings) -> builder.byName.put(known, new LinkedHashMap<>(settings)));
        builder.names.putAll(this.names);
        builder.put("." + uniform(name), policy, property, setting);
        builder.names.putIfAbsent(uniform(name), name);
        return builder.build();
    }

    /** Gathers settings; the first of two for the same place counts. */
    public static final class Builder {

        private final Map<String, Map<String, Setting>> byName = new LinkedHashMap<>();
        private final Map<String, String> names = new LinkedHashMap<>();

        /** A setting for the methods of a name. */
        public void named(String name, String policy, String property, Setting setting) {
            this.names.putIfAbsent(uniform(name), name);
            at("." + uniform(name)).putIfAbsent(uniform(policy + "." + property), setting);
        }

        /** A setting for all methods. */
        public void general(String policy, String property, Setting setting) {
            at("").putIfAbsent(uniform(policy + "." + property), setting);
        }

        private void put(String place, String policy, String property, @Nullable Setting setting) {
            if (setting == null) {
                at(place).remove(uniform(policy + "." + property));
            } else {
                at(place).put(uniform(policy + "." + property), setting);
            }
        }

        private Map<String, Setting> at(String place) {
            return this.byName.computeIfAbsent(place, key -> new LinkedHashMap<>());
        }

        /** What was gathered. */
        public Settings build() {
            return new Settings(this.byName, this.names);
        }
    }
}
