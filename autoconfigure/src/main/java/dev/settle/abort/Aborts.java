package dev.settle.abort;

import dev.settle.time.Workers;
import java.sql.Statement;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * Bridges from a signal to what does not know signals. Each acts at most once, on a thread of its own because it may
 * block, and is taken back by its {@link Registration}; those for futures also go when the future is done. Without a
 * signal of one's own they follow {@link AbortSignal#current()}, which ends with its call.
 */
public final class Aborts {

    private Aborts() {}

    /** Calls {@link Statement#cancel()} when the current signal aborts. */
    public static Registration cancelling(Statement statement) {
        return cancelling(AbortSignal.current(), statement);
    }

    /** Calls {@link Statement#cancel()} when the signal aborts. */
    public static Registration cancelling(AbortSignal signal, Statement statement) {
        return bridge(signal, "Statement.cancel", statement::cancel);
    }

    /** Calls {@code cancel(true)} on the future when the current signal aborts. */
    public static Registration cancelling(Future<?> future) {
        return cancelling(AbortSignal.current(), future);
    }

    /** Calls {@code cancel(true)} on the future when the signal aborts. */
    public static Registration cancelling(AbortSignal signal, Future<?> future) {
        Registration registration = bridge(signal, "Future.cancel", () -> future.cancel(true));
        if (future instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> registration.remove());
        }
        return registration;
    }

    /** Closes the resource when the current signal aborts. */
    public static Registration closing(AutoCloseable resource) {
        return closing(AbortSignal.current(), resource);
    }

    /** Closes the resource when the signal aborts. */
    public static Registration closing(AbortSignal signal, AutoCloseable resource) {
        return bridge(signal, "close", resource::close);
    }

    private static Registration bridge(AbortSignal signal, String what, Action action) {
        return signal.onAbort(reason -> Workers.shared().execute(() -> {
            try {
                action.run();
            } catch (Throwable ex) {
                Faults.log(Aborts.class, what + " failed on abort", ex);
            }
        }));
    }

    private interface Action {
        void run() throws Exception;
    }
}
