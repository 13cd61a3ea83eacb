package dev.settle.core;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CallersFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caller's own future of a pending call. It settles with the outcome of the policies, or when the call is aborted.
 */
final class CallFuture<T> extends CallersFuture<T>
        implements BiConsumer<@Nullable Object, @Nullable Throwable>, Consumer<RootSignal> {

    private final CallRoot root;

    CallFuture(CallRoot root) {
        this.root = root;
    }

    /** The policies have an outcome. */
    @Override
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        Throwable shown = (failure == null) ? null : shown(Failures.unwrap(failure));
        // What the caller does next runs here and now, in the caller's context.
        this.root.inContext(() -> end(value, shown));
    }

    @SuppressWarnings("unchecked") // what the value is, only the caller knows
    private void end(@Nullable Object value, @Nullable Throwable failure) {
        settle((T) value, failure);
        this.root.end(failure);
    }

    private Throwable shown(Throwable failure) {
        return this.root
                .signal()
                .reason()
                .map(why -> Failures.aborted(why, failure))
                .orElse(failure);
    }

    /** The call was aborted, and every part of it has been told: if it has not settled by that, it does now. */
    @Override
    public void accept(RootSignal signal) {
        signal.reason().ifPresent(why -> {
            RuntimeException aborted = AbortSource.exception(why);
            this.root.inContext(() -> end(null, aborted));
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (!isDone()) {
            givenUp();
            // Race: another abort may be on its way and still be telling its listeners; a cancelled future is done.
            accept(this.root.signal());
        }
        return isCancelled();
    }

    @Override
    protected void givenUp() {
        this.root
                .signal()
                .abort(AbortReason.callerCancelled(
                        "The caller gave up '" + this.root.site().name() + "'"));
    }
}
