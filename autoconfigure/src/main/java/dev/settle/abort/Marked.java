package dev.settle.abort;

import dev.settle.time.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * What one abort has marked: told one after another, and the calls among it, each told by itself.
 *
 * @param own the signals that were still open, and are told together
 * @param apart the calls among what depends on them
 */
record Marked(List<AbortSource> own, Queue<Marked> apart) {

    /** Marks a signal and everything that depends on it. */
    static Marked of(AbortSource aborted, AbortReason why) {
        List<AbortSource> own = new ArrayList<>(1);
        List<AbortSource> calls = new ArrayList<>(0);
        Queue<AbortSource> next = new ArrayDeque<>(2);
        for (AbortSource source = aborted; source != null; source = next.poll()) {
            if (source.mark(why, dependent -> (dependent.standsApart() ? calls : next).add(dependent))) {
                own.add(source);
            }
        }
        Queue<Marked> apart = new ConcurrentLinkedQueue<>();
        for (AbortSource call : calls) {
            Marked marked = of(call, why);
            if (!marked.own().isEmpty()) {
                apart.add(marked);
            }
        }
        return new Marked(own, apart);
    }

    void tell(Consumer<Throwable> failures) {
        for (AbortSource source : this.own) {
            source.tell(failures);
        }
        // Only when the listeners of all have run, those of dependents too, comes what must come last.
        for (AbortSource source : this.own) {
            source.told();
        }
        tellApart(this.apart, failures);
    }

    /**
     * Telling a call runs what its caller does next, and that may wait for another call of the same abort. So each hands the
     * others over to another thread before it is told itself.
     */
    private static void tellApart(Queue<Marked> calls, Consumer<Throwable> failures) {
        Marked call = calls.poll();
        if (call == null) {
            return;
        }
        if (!calls.isEmpty()) {
            Workers.shared().execute(() -> tellApart(calls, failures));
        }
        call.tell(failures);
    }
}
