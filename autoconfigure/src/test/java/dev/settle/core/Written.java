package dev.settle.core;

import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;

/** The attributes of an annotation as they are written on a type, with nothing configured beside it. */
public final class Written implements Attributes {

    /** The key of a call, whatever was written. */
    public static final CallKey KEY = call -> "key";

    private final Annotation annotation;

    private Written(Annotation annotation) {
        this.annotation = annotation;
    }

    public static Written on(Class<?> type) {
        return new Written(type.getDeclaredAnnotations()[0]);
    }

    private Object read(String attribute) {
        try {
            return this.annotation.annotationType().getMethod(attribute).invoke(this.annotation);
        } catch (ReflectiveOperationException ex) {
            throw new AssertionError("No attribute " + attribute + " in " + this.annotation, ex);
        }
    }

    @Override
    public String text(String attribute) {
        return (String) read(attribute);
    }

    @Override
    public Duration duration(String attribute) {
        String text = text(attribute);
        return text.isEmpty() ? null : DurationStyle.detectAndParse(text);
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
    @SuppressWarnings("unchecked") // each is asked for its type
    public <T> Class<? extends T>[] classes(String attribute, Class<T> type) {
        Class<?>[] classes = (Class<?>[]) read(attribute);
        Class<? extends T>[] typed = (Class<? extends T>[]) Array.newInstance(Class.class, classes.length);
        for (int i = 0; i < classes.length; i++) {
            typed[i] = classes[i].asSubclass(type);
        }
        return typed;
    }

    @Override
    public Object object(String attribute, Class<?> none) {
        Class<?> type = (Class<?>) read(attribute);
        try {
            return (type == none) ? null : type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException ex) {
            throw new AssertionError("No object of " + type, ex);
        }
    }

    @Override
    public CallKey key(String attribute) {
        return text(attribute).isEmpty() ? null : KEY;
    }
}
