package dev.settle.chaos;

import dev.settle.core.Attributes;
import dev.settle.core.CallKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Attributes as an annotation would have them; counts how often it is read. */
final class Given implements Attributes {

    private final Map<String, Object> values = new HashMap<>();
    private int reads;

    Given set(String attribute, Object value) {
        this.values.put(attribute, value);
        return this;
    }

    int reads() {
        return this.reads;
    }

    private Object read(String attribute) {
        this.reads++;
        return this.values.get(attribute);
    }

    @Override
    public String text(String attribute) {
        Object value = read(attribute);
        return (value == null) ? "" : (String) value;
    }

    @Override
    public Duration duration(String attribute) {
        return (Duration) read(attribute);
    }

    @Override
    public int number(String attribute) {
        return (Integer) read(attribute);
    }

    @Override
    public double decimal(String attribute) {
        return (Double) read(attribute);
    }

    @Override
    public boolean flag(String attribute) {
        return (Boolean) read(attribute);
    }

    @Override
    public <E extends Enum<E>> E choice(String attribute, Class<E> type) {
        return type.cast(read(attribute));
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // no round names classes
    public <T> Class<? extends T>[] classes(String attribute, Class<T> type) {
        read(attribute);
        return new Class[0];
    }

    @Override
    public Object object(String attribute, Class<?> none) {
        return read(attribute);
    }

    @Override
    public CallKey key(String attribute) {
        return (CallKey) read(attribute);
    }
}
