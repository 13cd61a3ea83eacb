package dev.settle.abort;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A signal that somebody else wrote: Settle knows nothing but its interface. */
final class ForeignSignal implements AbortSignal {

    private final AbortSource source = new AbortSource();
    private final @Nullable Duration remaining;

    ForeignSignal() {
        this(null);
    }

    ForeignSignal(@Nullable Duration remaining) {
        this.remaining = remaining;
    }

    /** The switch behind it. */
    AbortSource source() {
        return this.source;
    }

    @Override
    public boolean aborted() {
        return this.source.aborted();
    }

    @Override
    public Optional<AbortReason> reason() {
        return this.source.reason();
    }

    @Override
    public void throwIfAborted() {
        this.source.throwIfAborted();
    }

    @Override
    public Optional<Duration> remaining() {
        return Optional.ofNullable(this.remaining);
    }

    @Override
    public Registration onAbort(Consumer<? super AbortReason> listener) {
        return this.source.onAbort(listener);
    }
}
