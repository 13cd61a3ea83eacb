package dev.settle.chaos;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/** What the methods of a round have returned and thrown: nothing else may reach a caller as their outcome. */
final class Facts {

    private static final Object NULL = new Object();

    private final Set<Object> values = new HashSet<>();
    private final Set<Throwable> failures = Collections.newSetFromMap(new IdentityHashMap<>());

    /** A value that no other method returns. */
    Object value() {
        Object value = "v" + this.values.size();
        this.values.add(value);
        return value;
    }

    /** The value of a method that returns null. */
    Object nothing() {
        this.values.add(NULL);
        return null;
    }

    <X extends Throwable> X failure(X failure) {
        this.failures.add(failure);
        return failure;
    }

    boolean known(Object value) {
        return this.values.contains(value == null ? NULL : value);
    }

    boolean known(Throwable failure) {
        return this.failures.contains(failure);
    }
}
