package dev.settle.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings as they were read at one moment. The spelling of what is configured is relaxed: neither case nor dashes count. */
public final class Settings implements Tuning {

    private final Map<String, Map<String, Setting>> byName;
    private final Map<String, Setting> general;

    private Settings(Map<String, Map<String, Setting>> byName, Map<String, Setting> general) {
        this.byName = byName;
        this.general = general;
    }

    /** Nothing is set by hand: there, a name is one that exists, and means no other that looks alike. */
    static Settings byHand() {
        return new Settings(Map.of(), Map.of());
    }

    @Override
    public @Nullable Setting named(String name, String policy, String property) {
        Map<String, Setting> settings = this.byName.isEmpty() ? null : this.byName.get(name);
        return (settings == null) ? null : settings.get(uniform(policy + "." + property));
    }

    @Override
    public @Nullable Setting general(String policy, String property) {
        return this.general.isEmpty() ? null : this.general.get(uniform(policy + "." + property));
    }

    /** The names that something is set for. */
    public Collection<String> names() {
        return this.byName.keySet();
    }

    /** The policies that something is set for under a name, in the uniform spelling. */
    public Set<String> policies(String name) {
        Set<String> policies = new LinkedHashSet<>();
        this.byName
                .getOrDefault(name, Map.of())
                .keySet()
                .forEach(key -> policies.add(key.substring(0, key.indexOf('.'))));
        return policies;
    }

    /** As it is compared. */
    public static String uniform(String spelled) {
        return spelled.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** These, with one more in place of what was there before; null takes it away. */
    Settings with(String name, String policy, String property, @Nullable Setting setting) {
        Map<String, Map<String, Setting>> changed = new LinkedHashMap<>(this.byName);
        Map<String, Setting> settings = new LinkedHashMap<>(changed.getOrDefault(name, Map.of()));
        if (setting != null) {
            settings.put(uniform(policy + "." + property), setting);
        } else {
            settings.remove(uniform(policy + "." + property));
        }
        changed.put(name, settings);
        changed.values().removeIf(Map::isEmpty);
        return new Settings(changed, this.general);
    }

    /** Gathers settings; the first of two for the same place counts. */
    public static final class Builder {

        private final Map<String, Map<String, Setting>> byName = new TreeMap<>(Comparator.comparing(Settings::uniform));
        private final Map<String, Setting> general = new LinkedHashMap<>();

        /** A setting for the methods of a name. */
        public void named(String name, String policy, String property, Setting setting) {
            this.byName
                    .computeIfAbsent(name, key -> new LinkedHashMap<>())
                    .putIfAbsent(uniform(policy + "." + property), setting);
        }

        /** A setting for all methods. */
        public void general(String policy, String property, Setting setting) {
            this.general.putIfAbsent(uniform(policy + "." + property), setting);
        }

        /** What was gathered. */
        public Settings build() {
            return new Settings(this.byName, this.general);
        }
    }
}
