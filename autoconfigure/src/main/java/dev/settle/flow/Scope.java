package dev.settle.flow;

import dev.settle.Aborted;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CallersFuture;
import dev.settle.abort.ChildSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.core.AsyncCall;
import dev.settle.core.CallContext;
import dev.settle.core.CallHost;
import dev.settle.core.CallSite;
import dev.settle.core.Failures;
import dev.settle.core.Nesting;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A structured operation: what begins in it ends before it does. The first failure aborts the rest; then nothing new begins, and
 * the operation fails when all that has begun has ended.
 *
 * <p>Race: parts begin and end on several threads, while a failure or an abort comes. How many are open, and what failed first,
 * is decided under the lock, and told outside it. The operation itself counts as open until {@link #leave} is called for it:
 * so it cannot end while it begins.
 */
abstract class Scope<R extends @Nullable Object> {

    private final String name;
    private final CallSite site;
    private final AbortSignal around = AbortSignal.current();
    private final CallContext.Captured context =
            CallContext.guarded(CallHost.plain().context());
    private final ChildSource signal = AbortSource.child(this.around);
    private final Asked<R> future = new Asked<>(this);

    // Guarded by this.
    private int open = 1;
    private @Nullable Throwable failure;

    /** An operation that begins now, as part of what this thread is doing. */
    Scope(String name) {
        this.name = name;
        this.site = CallSite.plain(name);
    }

    /** What the operation ends with when nothing has failed; null when that is what its code gave. */
    protected abstract @Nullable R result();

    /** The future of who asked for the operation. */
    final CompletableFuture<R> future() {
        return this.future;
    }

    /** Where its parts come in. */
    final CallSite site() {
        return this.site;
    }

    /** The signal of all that begins in here. */
    final AbortSource signal() {
        return this.signal;
    }

    /** Something more is open, until it leaves. */
    final synchronized void enter() {
        if (this.open == 0) {
            throw new IllegalStateException("'" + this.name + "' has ended, and nothing can begin in it any more");
        }
        this.open++;
    }

    /** What was open is not any more; the last one ends the operation. */
    final void leave() {
        Throwable failed;
        synchronized (this) {
            if (--this.open > 0) {
                return;
            }
            failed = this.failure;
        }
        AbortReason why = this.signal.why();
        this.signal.close();
        end((failed == null && why != null) ? AbortSource.exception(why) : failed);
    }

    /** Whoever ends it last may be inside other work, which is not what the caller goes on in. */
    private void end(@Nullable Throwable failed) {
        Runnable ending = with(this.around, () -> over((failed == null) ? result() : null, failed));
        Nesting.run(() -> CallContext.run(this.context, ending, broken -> {
            Failures.log(Scope.class, "The context of '" + this.name + "' could not be carried to its end", broken);
            ending.run();
        }));
    }

    /** A caller who has gone does not hear of what failed after that, by itself or beside what only did as it was told. */
    private void over(@Nullable R value, @Nullable Throwable failed) {
        if (!this.future.over(value, failed)
                && failed != null
                && (!didAsTold(failed) || failed.getSuppressed().length > 0)) {
            Failures.log(Scope.class, "'" + this.name + "' failed after it had been given up", failed);
        }
    }

    /** To be run inside a context, which has a signal in it that does not hold here. */
    private static Runnable with(AbortSignal signal, Runnable task) {
        return () -> CurrentSignal.run(signal, task);
    }

    /**
     * Begins a part on this thread. A failure of it is one of the whole, unless whoever began it has given it up.
     *
     * @param ended is told before anybody else, with the part still open
     * @throws IllegalStateException when the operation has ended
     */
    final <T extends @Nullable Object> CompletableFuture<T> begin(
            AsyncCall<T> work, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> ended) {
        return Part.begin(this, this.signal, work, (value, failed, givenUp) -> {
            if (failed != null && (this.signal.aborted() || !givenUp)) {
                fail(failed);
            }
            ended.accept(value, failed);
        });
    }

    /** The same, but its failure is nobody's but its own. */
    final <T extends @Nullable Object> CompletableFuture<T> beginApart(
            AsyncCall<T> work, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> ended) {
        return Part.begin(this, this.signal, work, (value, failed, givenUp) -> ended.accept(value, failed));
    }

    /** Begins a part that no abort reaches, because it must be done; its failure is one of the whole. */
    final <T extends @Nullable Object> void beginShielded(AsyncCall<T> work) {
        in(this.context, AbortSignal.never(), () -> shielded(work));
    }

    private <T extends @Nullable Object> void shielded(AsyncCall<T> work) {
        Part.begin(this, AbortSignal.never(), work, (value, failed, givenUp) -> {
            if (failed != null) {
                fail(failed);
            }
        });
    }

    /** Runs the task on this thread as part of the operation: with its signal, and in the context of its caller. */
    final void within(Runnable task) {
        in(this.context, this.signal, task);
    }

    /** The same in a context that was captured elsewhere. */
    final void within(CallContext.Captured captured, Runnable task) {
        in(captured, this.signal, task);
    }

    /** A context that cannot be set is a failure. The task runs all the same: it begins nothing then, and ends what there is. */
    private void in(CallContext.Captured captured, AbortSignal holds, Runnable task) {
        Runnable holding = with(holds, task);
        CallContext.run(captured, holding, broken -> {
            fail(broken);
            holding.run();
        });
    }

    /** Something has failed: the first one decides, the others are suppressed, unless they only did as they were told. */
    final void fail(Throwable failed) {
        AbortReason why;
        synchronized (this) {
            why = this.signal.why();
            if (this.failure == null) {
                this.failure = (why == null) ? failed : Failures.aborted(why, failed);
            } else if (!didAsTold(failed)) {
                Failures.suppress(this.failure, failed);
            }
        }
        if (why == null) {
            this.signal.abort(new AbortReason(
                    AbortReason.Kind.APPLICATION, "Another part of '" + this.name + "' has failed", failed));
        }
    }

    private static boolean didAsTold(Throwable failed) {
        return failed instanceof CancellationException || failed instanceof Aborted;
    }

    private void givenUp() {
        this.signal.abort(AbortReason.callerCancelled("The caller gave up '" + this.name + "'"));
    }

    /** The caller's future, which keeps nothing of the operation once that has ended. */
    private static final class Asked<R extends @Nullable Object> extends CallersFuture<R> {

        private volatile @Nullable Scope<R> scope;

        Asked(Scope<R> scope) {
            this.scope = scope;
        }

        boolean over(@Nullable R value, @Nullable Throwable failed) {
            this.scope = null;
            return settle(value, failed);
        }

        @Override
        protected void givenUp() {
            Scope<R> going = this.scope;
            if (going != null) {
                going.givenUp();
            }
        }
    }
}
