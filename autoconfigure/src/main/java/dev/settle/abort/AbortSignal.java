package dev.settle.abort;

import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells work that it should stop. Read-only, thread-safe, one-shot. */
public interface AbortSignal {

    /** Whether the abort has been requested. */
    boolean aborted();

    /** Why; present exactly when {@link #aborted()}. */
    Optional<AbortReason> reason();

    /**
     * Does nothing while the signal is open. When it has aborted, throws a new exception with its reason: a
     * {@link dev.settle.CallTimeoutException} after a timeout, a {@link dev.settle.SupersededException} when a later
     * call took over, else a {@link dev.settle.AbortedException}.
     */
    void throwIfAborted();

    /** The time left before this signal aborts by itself; empty if it has no deadline. */
    Optional<Duration> remaining();

    /**
     * Calls the listener once when the signal aborts, in order of registration, on the aborting thread: it must be
     * quick and must not block. On a signal that has already aborted, the listener is called before this returns. A
     * listener that throws is logged and disturbs nobody.
     */
    Registration onAbort(Consumer<? super AbortReason> listener);

    /** The signal of the work now running on this thread, or {@link #never()}. */
    static AbortSignal current() {
        return CurrentSignal.get();
    }

    /** A signal that never aborts: shields work that must finish. */
    static AbortSignal never() {
        return NeverSignal.INSTANCE;
    }

    /** A signal that aborts after the given time, with a {@code TIMEOUT} reason; at once when it is zero or less. */
    static AbortSignal timeout(Duration time) {
        return AbortSource.timeout(TimeSource.system(), Nanos.of(time));
    }

    /**
     * A signal that aborts as soon as one of the given signals has: with the reason of the first in the list, if several
     * have already. Of no signals: never. It is held weakly by its sources until somebody listens to it.
     */
    static AbortSignal any(AbortSignal... signals) {
        return AnySignal.of(signals);
    }
}
