package dev.settle.cluster;

import dev.settle.core.Call;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.UUID;
import java.util.stream.Collectors;

/** Keys as text that is the same in each instance. */
final class KeyText {

    private KeyText() {}

    /**
     * The text of a key.
     *
     * @throws IllegalArgumentException when its text may differ from one instance to the next: it would exclude nobody
     */
    static String of(Object key, Call call) {
        if (key instanceof Collection<?> parts) {
            return parts.stream().map(part -> of(part, call)).collect(Collectors.joining(",", "[", "]"));
        }
        if (key instanceof CharSequence
                || key instanceof Number
                || key instanceof Boolean
                || key instanceof Character
                || key instanceof Enum<?>
                || key instanceof UUID
                || key instanceof TemporalAccessor
                || key instanceof Record) {
            return key.toString();
        }
        throw new IllegalArgumentException("The key of '" + call.name() + "' is of " + key.getClass()
                + ", whose text need not be the same in each instance of the application: use a text, a number, an enum, a UUID,"
                + " a date, a record, or a list of them");
    }
}
