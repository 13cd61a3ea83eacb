package dev.settle.abort;

import dev.settle.queue.Chain;
import java.util.function.Consumer;

/** One listener of one signal. */
final class Listener extends Chain.Node implements Registration {

    private final AbortSource source;
    final Consumer<? super AbortReason> consumer;

    Listener(AbortSource source, Consumer<? super AbortReason> consumer) {
        this.source = source;
        this.consumer = consumer;
    }

    void run() {
        run(Listener::log);
    }

    void run(Consumer<Throwable> failures) {
        AbortReason why = this.source.why();
        if (why != null) {
            run(this.consumer, why, failures);
        }
    }

    static void run(Consumer<? super AbortReason> consumer, AbortReason why, Consumer<Throwable> failures) {
        try {
            consumer.accept(why);
        } catch (Throwable ex) {
            tell(failures, ex);
        }
    }

    /** Whoever hears of failures must not keep the other listeners from being told. */
    private static void tell(Consumer<Throwable> failures, Throwable failure) {
        try {
            failures.accept(failure);
        } catch (Throwable ex) {
            log(failure);
        }
    }

    @Override
    public boolean remove() {
        return this.source.remove(this);
    }

    /** What is done with a failure that nobody else wants to hear of. */
    static void log(Throwable failure) {
        Faults.log(AbortSource.class, "A listener of an abort signal failed", failure);
    }
}
