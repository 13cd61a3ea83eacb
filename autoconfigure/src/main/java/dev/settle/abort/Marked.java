package dev.settle.abort;

import dev.settle.time.OneThread;
import dev.settle.time.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one abort has marked: told one after another, and the calls among it, each told by itself.
 *
 * @param own the signals that were still open, and are told together
 * @param apart the calls among what depends on them
 */
record Marked(List<AbortSource> own, Queue<Marked> apart) {

    /** A call that is to be marked, and among whose it will be told. */
    private record Found(AbortSource call, Queue<Marked> among) {}

    /** Marks a signal and everything that depends on it. Calls may be nested deeply: nothing here goes down into them. */
    static Marked of(AbortSource aborted, AbortReason why) {
        Deque<Found> calls = new ArrayDeque<>(2);
        Marked first = of(aborted, why, calls);
        for (Found found = calls.poll(); found != null; found = calls.poll()) {
            Marked marked = of(found.call, why, calls);
            if (!marked.own().isEmpty()) {
                found.among.add(marked);
            }
        }
        return first;
    }

    private static Marked of(AbortSource aborted, AbortReason why, Deque<Found> calls) {
        Marked marked = new Marked(new ArrayList<>(1), new ConcurrentLinkedQueue<>());
        Queue<AbortSource> next = new ArrayDeque<>(2);
        for (AbortSource source = aborted; source != null; source = next.poll()) {
            Consumer<AbortSource> dependents = dependent -> {
                if (dependent.standsApart()) {
                    calls.add(new Found(dependent, marked.apart));
                } else {
                    next.add(dependent);
                }
            };
            if (source.mark(why, dependents)) {
                marked.own.add(source);
            }
        }
        return marked;
    }

    /** Tells all of it: of calls, and of calls inside them, one after the other on this thread, the others elsewhere. */
    void tell(Consumer<Throwable> failures) {
        if (OneThread.isAll()) {
            tellInOrder(failures);
            return;
        }
        for (Marked marked = this; marked != null; marked = takeOne(marked.apart, failures)) {
            marked.tellOwn(failures);
        }
    }

    private void tellInOrder(Consumer<Throwable> failures) {
        Queue<Marked> next = new ArrayDeque<>();
        for (Marked marked = this; marked != null; marked = next.poll()) {
            marked.tellOwn(failures);
            next.addAll(marked.apart);
        }
    }

    private void tellOwn(Consumer<Throwable> failures) {
        for (AbortSource source : this.own) {
            source.tell(failures);
        }
        // Only when the listeners of all have run, those of dependents too, comes what must come last.
        for (AbortSource source : this.own) {
            source.told();
        }
    }

    /**
     * Telling a call runs what its caller does next, and that may wait for another call of the same abort. So the others are
     * handed over to another thread before one of them is told here.
     */
    private static @Nullable Marked takeOne(Queue<Marked> calls, Consumer<Throwable> failures) {
        Marked call = calls.poll();
        if (call != null && !calls.isEmpty()) {
            Workers.shared().execute(() -> {
                Marked other = takeOne(calls, failures);
                if (other != null) {
                    other.tell(failures);
                }
            });
        }
        return call;
    }
}
