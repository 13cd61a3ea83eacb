package dev.settle.policy.bulkhead;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import java.util.function.Supplier;

/** How tests run something as part of other work. */
final class Signals {

    private Signals() {}

    static <T> T under(AbortSignal signal, Supplier<T> task) {
        AbortSignal before = CurrentSignal.swap(signal);
        try {
            return task.get();
        } finally {
            CurrentSignal.swap(before);
        }
    }
}
