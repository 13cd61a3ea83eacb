package dev.settle.abort;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The signal that never aborts. */
enum NeverSignal implements AbortSignal {
    INSTANCE;

    private static final Registration NOTHING = () -> true;

    @Override
    public boolean aborted() {
        return false;
    }

    @Override
    public Optional<AbortReason> reason() {
        return Optional.empty();
    }

    @Override
    public void throwIfAborted() {}

    @Override
    public Optional<Duration> remaining() {
        return Optional.empty();
    }

    @Override
    public Registration onAbort(Consumer<? super AbortReason> listener) {
        return NOTHING;
    }

    @Override
    public String toString() {
        return "AbortSignal[never]";
    }
}
