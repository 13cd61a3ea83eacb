package dev.settle.plan;

import dev.settle.core.Attributes;
import dev.settle.core.CallKey;
import dev.settle.core.PolicyBinding;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Learns which texts of an annotation are durations, by having its binding read something. */
final class AttributeKinds implements Attributes {

    private final Set<String> durations = new HashSet<>();

    private AttributeKinds() {}

    static Set<String> durations(PolicyBinding<?> binding) {
        AttributeKinds kinds = new AttributeKinds();
        try {
            binding.settings(kinds);
        } catch (RuntimeException ex) {
            // What it makes of these values says nothing: it has read them by now.
            return kinds.durations;
        }
        return kinds.durations;
    }

    @Override
    public @Nullable Duration duration(String attribute) {
        this.durations.add(attribute);
        return Duration.ofSeconds(1);
    }

    @Override
    public String text(String attribute) {
        return "";
    }

    @Override
    public int number(String attribute) {
        return 1;
    }

    @Override
    public double decimal(String attribute) {
        return 1;
    }

    @Override
    public boolean flag(String attribute) {
        return true;
    }

    @Override
    public <E extends Enum<E>> E choice(String attribute, Class<E> type) {
        return type.getEnumConstants()[0];
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // none
    public <T> Class<? extends T>[] classes(String attribute, Class<T> type) {
        return new Class[0];
    }

    @Override
    public @Nullable Object object(String attribute, Class<?> none) {
        return null;
    }

    @Override
    public @Nullable CallKey key(String attribute) {
        return null;
    }
}
