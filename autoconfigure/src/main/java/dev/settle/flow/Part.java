package dev.settle.flow;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.core.AsyncCall;
import dev.settle.core.Call;
import dev.settle.core.Calls;
import dev.settle.core.Futures;
import dev.settle.core.Next;
import dev.settle.core.Step;
import dev.settle.core.StepOutcome;
import dev.settle.core.Work;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One part of a structured operation: a call like any other, which its scope waits for. Who began it may give it up, and has
 * its future at once; the scope goes on when the work has really ended.
 */
final class Part<T extends @Nullable Object> extends StepOutcome
        implements Step, Work, BiConsumer<@Nullable Object, @Nullable Throwable> {

    private final Scope<?> scope;
    private final AsyncCall<T> work;
    private final Ended<T> ended;
    private @Nullable AbortSource signal;

    private Part(Scope<?> scope, AsyncCall<T> work, Ended<T> ended) {
        this.scope = scope;
        this.work = work;
        this.ended = ended;
    }

    /** Is told of the end of a part. */
    @FunctionalInterface
    interface Ended<T extends @Nullable Object> {

        /** It has ended; and whether that is because somebody gave it up, or all of it. Must not throw. */
        void told(@Nullable T value, @Nullable Throwable failure, boolean givenUp);
    }

    /** Begins it on this thread, under the signal and as part of what this thread is doing. */
    static <T extends @Nullable Object> CompletableFuture<T> begin(
            Scope<?> scope, AbortSignal signal, AsyncCall<T> work, Ended<T> ended) {
        scope.enter();
        Part<T> part = new Part<>(scope, work, ended);
        CompletableFuture<T> future = Calls.async(scope.site(), Next.link(List.of(part)), part, signal);
        if (part.signal == null) {
            // Given up before it began: nothing but the future says so.
            ended.told(null, future.handle((value, failure) -> failure).join(), true);
            scope.leave();
        }
        return future;
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        this.signal = call.signal();
        StepOutcome.follow(next.start(call), this);
        return this;
    }

    /** The work has ended: first the scope knows, then whoever began it, who may begin something more, and then it is closed. */
    @Override
    @SuppressWarnings("unchecked") // it comes from the work
    public void accept(@Nullable Object value, @Nullable Throwable failure) {
        AbortSource own = this.signal;
        try {
            this.ended.told((T) value, failure, own != null && own.aborted());
            Futures.settle(this, value, failure);
        } finally {
            this.scope.leave();
        }
    }

    @Override
    public @Nullable Object run(AbortSignal current) throws Exception {
        return this.work.start();
    }

    @Override
    public boolean asynchronous() {
        return true;
    }
}
