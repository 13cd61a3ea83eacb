package dev.settle.core;

import dev.settle.Aborted;
import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.time.Workers;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The thread of a synchronous caller as an executor: whatever the call still has to do runs on it, and between two such
 * tasks it is parked.
 *
 * <p>Race: a task may come when the call is over and nobody looks at the queue any more. Closing takes the lock, and
 * what comes later, or was left, runs on a worker; by then it has nothing to do but to find that out.
 */
final class CallerThread implements Executor {

    /** That of a call that is over. */
    static final CallerThread LEFT = new CallerThread(null);

    static {
        LEFT.close();
    }

    private final @Nullable Thread thread;
    private @Nullable Queue<Runnable> tasks;
    private boolean closed;

    CallerThread(@Nullable Thread thread) {
        this.thread = thread;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (!this.closed) {
                if (this.tasks == null) {
                    this.tasks = new ArrayDeque<>();
                }
                this.tasks.add(task);
                LockSupport.unpark(this.thread);
                return;
            }
        }
        Workers.shared().execute(task);
    }

    /** Waits for the outcome of a call, on the thread of its caller, which this is. */
    static @Nullable Object await(CompletableFuture<@Nullable Object> outcome, CallRoot call) throws Throwable {
        if (!outcome.isDone()) {
            mayWait(outcome, call);
            call.callersThread().waitFor(outcome, call);
        }
        try {
            return outcome.getNow(null);
        } catch (Throwable ex) {
            Throwable cause = cause(outcome, ex);
            AbortReason why = call.why();
            throw traced((why == null) ? cause : Failures.aborted(why, cause));
        }
    }

    /** An abort was made elsewhere; here is the thread whose trace says which call it was. */
    private static Throwable traced(Throwable failure) {
        if (failure instanceof Aborted && failure.getStackTrace().length == 0) {
            failure.setStackTrace(new Throwable().getStackTrace());
        }
        return failure;
    }

    /** What the outcome failed with, exactly as it is: a method may well throw a CompletionException of its own. */
    private static Throwable cause(CompletableFuture<?> outcome, Throwable thrown) {
        Throwable[] cause = {thrown};
        outcome.whenComplete((value, failure) -> {
            if (failure != null) {
                cause[0] = failure;
            }
        });
        return cause[0];
    }

    private void waitFor(CompletableFuture<@Nullable Object> outcome, CallRoot call) throws AbortedException {
        // Once aborted, the wait is over even if the outcome never comes: what is left is not on this thread.
        CompletableFuture<Object> over = new CompletableFuture<>();
        StepOutcome.follow(outcome, (value, failure) -> over.complete(true));
        call.last(() -> over.complete(true));
        over.whenComplete((value, failure) -> LockSupport.unpark(this.thread));
        boolean interrupted = false;
        try {
            while (!over.isDone()) {
                Runnable task = next();
                if (task != null) {
                    task.run();
                } else {
                    LockSupport.park(this);
                }
                // Looked at only while waiting: what the work itself leaves behind after the end is its own.
                if (!over.isDone() && Thread.interrupted()) {
                    interrupted = true;
                    call.abort(new AbortReason(
                            AbortReason.Kind.CALLER_CANCELLED,
                            "The calling thread was interrupted while it waited",
                            new InterruptedException()));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (!outcome.isDone()) {
            call.throwIfAborted();
        }
    }

    /** An event loop that waits keeps all its other connections waiting, maybe for one that it would have to serve itself. */
    private static void mayWait(CompletableFuture<?> outcome, CallRoot call) {
        Thread thread = Thread.currentThread();
        if (call.site().host().nonBlocking().test(thread)) {
            String refused = "'" + call.name() + "' would have to wait, which thread '" + thread.getName()
                    + "' must not do: let the method return a future or a publisher, or call it from a thread that may"
                    + " wait, such as one of Schedulers.boundedElastic()";
            call.abort(new AbortReason(AbortReason.Kind.APPLICATION, refused, null));
            IllegalStateException refusal = new IllegalStateException(refused);
            // What an attempt has failed with, so that it is not lost with the retry.
            if (outcome.isCompletedExceptionally()) {
                for (Throwable earlier : cause(outcome, refusal).getSuppressed()) {
                    refusal.addSuppressed(earlier);
                }
            }
            throw refusal;
        }
    }

    private synchronized @Nullable Runnable next() {
        return (this.tasks == null) ? null : this.tasks.poll();
    }

    /** The call is over: what is left to do, and what still comes, is done elsewhere. */
    void close() {
        Queue<Runnable> left;
        synchronized (this) {
            this.closed = true;
            left = this.tasks;
        }
        if (left != null) {
            left.forEach(Workers.shared()::execute);
        }
    }
}
