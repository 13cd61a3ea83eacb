package dev.settle.context;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/** Makes {@link AbortSignal#current()} cross threads wherever Micrometer's context propagation is used. */
public final class SignalThreadLocalAccessor implements ThreadLocalAccessor<AbortSignal> {

    /** The key in a Reactor {@code Context} and other context maps. */
    public static final String KEY = CurrentSignal.KEY;

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable AbortSignal getValue() {
        AbortSignal current = AbortSignal.current();
        return (current == AbortSignal.never()) ? null : current;
    }

    @Override
    public void setValue(AbortSignal signal) {
        CurrentSignal.swap(signal);
    }

    @Override
    public void setValue() {
        CurrentSignal.swap(null);
    }
}
