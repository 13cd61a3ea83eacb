package dev.settle.flow;

import dev.settle.core.AsyncCall;
import dev.settle.core.AsyncFunction;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One resource, from before it is opened until it is closed. */
final class UsingRun<R extends @Nullable Object, T extends @Nullable Object, C extends @Nullable Object>
        extends Scope<T> {

    private final AsyncFunction<? super R, T> use;
    private final AsyncFunction<? super R, C> close;

    /** Written before the use of it leaves. */
    private @Nullable T value;

    UsingRun(AsyncFunction<? super R, T> use, AsyncFunction<? super R, C> close) {
        super("using");
        this.use = use;
        this.close = close;
    }

    CompletableFuture<T> start(AsyncCall<R> open) {
        begin(
                () -> new Kept<>(Objects.requireNonNull(open.start(), "Opening gave null instead of a future")),
                this::opened);
        leave();
        return future();
    }

    /** Each step begins while the one before is still open, so nothing ends between them. */
    private void opened(@Nullable R resource, @Nullable Throwable failure) {
        if (failure != null) {
            return;
        }
        R opened = cast(resource);
        if (signal().aborted()) {
            close(opened);
        } else {
            within(() -> use(opened));
        }
    }

    private void use(R opened) {
        begin(() -> this.use.apply(opened), (used, failure) -> {
            this.value = used;
            close(opened);
        });
    }

    private void close(R opened) {
        beginShielded(() -> this.close.apply(opened));
    }

    @SuppressWarnings("NullAway") // it is null when that is what was opened
    private static <R extends @Nullable Object> R cast(@Nullable R resource) {
        return resource;
    }

    @Override
    protected @Nullable T result() {
        return this.value;
    }

    /** A future that is not cancelled: what it brings would be lost. */
    private static final class Kept<R extends @Nullable Object> extends CompletableFuture<R> {

        Kept(CompletionStage<R> stage) {
            stage.handle((value, failure) -> failure == null ? complete(value) : completeExceptionally(failure));
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
        }
    }
}
