package dev.settle.flow;

import dev.settle.core.AsyncCall;
import dev.settle.core.AsyncFunction;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Children that start and end together.
 *
 * <pre class="code">
 * CompletableFuture&lt;View&gt; view = TaskGroup.run(group -&gt;
 *         group.fork(() -&gt; users.find(id)).thenCombine(group.fork(() -&gt; orders.of(id)), View::new));
 * </pre>
 *
 * The outcome of a group is that of its body, and is there when the body and all children have ended. The first failure of any
 * of them aborts the rest, and is the failure of the group; what others fail with is suppressed in it. Cancelling the group,
 * and an abort of the {@link dev.settle.abort.AbortSignal#current() current signal}, aborts all of them. Cancelling the future
 * of one child gives up that child alone. Children may begin others, as long as the group has not ended.
 */
public final class TaskGroup {

    private final GroupRun<?> run;

    TaskGroup(GroupRun<?> run) {
        this.run = run;
    }

    /** Runs a group with any number of children at a time. */
    public static <T extends @Nullable Object> CompletableFuture<T> run(AsyncFunction<? super TaskGroup, T> body) {
        return atMost(Integer.MAX_VALUE).run(body);
    }

    /**
     * Runs a group in which the failure of a child aborts nobody: what it means, the body says, with {@link Outcome#of} for
     * example.
     */
    public static <T extends @Nullable Object> CompletableFuture<T> settle(AsyncFunction<? super TaskGroup, T> body) {
        return atMost(Integer.MAX_VALUE).settle(body);
    }

    /**
     * For groups with so many children at a time. Others wait, first come, first served; a child that waits for one that it has
     * begun itself keeps its place, so there must be more places than such children are nested.
     *
     * @throws IllegalArgumentException for less than one
     */
    public static Limited atMost(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("atMost(" + n + ") would run nothing; use at least 1");
        }
        return new Limited(n);
    }

    /** Runs groups with a limit. */
    public static final class Limited {

        private final int limit;

        private Limited(int limit) {
            this.limit = limit;
        }

        /** As {@link TaskGroup#run}. */
        public <T extends @Nullable Object> CompletableFuture<T> run(AsyncFunction<? super TaskGroup, T> body) {
            return new GroupRun<T>(this.limit, true).start(body);
        }

        /** As {@link TaskGroup#settle}. */
        public <T extends @Nullable Object> CompletableFuture<T> settle(AsyncFunction<? super TaskGroup, T> body) {
            return new GroupRun<T>(this.limit, false).start(body);
        }
    }

    /**
     * Starts a child. It begins on this thread if there is room for it now, but for one that is begun by a child, which begins
     * when that has returned: so neither the body nor a child may block until another child has ended. What blocks is begun by
     * {@link #forkBlocking}.
     *
     * @return the outcome of the child; cancelling it gives up this child alone, which is no failure of the group
     * @throws IllegalStateException when the group has ended
     */
    public <T extends @Nullable Object> CompletableFuture<T> fork(AsyncCall<T> child) {
        return this.run.fork(child);
    }

    /** Starts a child that blocks, on a thread of its own, as {@link Blocking#of(Callable)} does. */
    public <T extends @Nullable Object> CompletableFuture<T> forkBlocking(Callable<T> child) {
        return fork(Blocking.of(child));
    }

    /** Starts a child that blocks, on a thread of the executor, as {@link Blocking#of(Executor, Callable)} does. */
    public <T extends @Nullable Object> CompletableFuture<T> forkBlocking(Executor executor, Callable<T> child) {
        return fork(Blocking.of(executor, child));
    }
}
