package dev.settle.flow;

import dev.settle.core.AsyncFunction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function over items: in sequence, in batches, or so many at a time.
 *
 * <pre class="code">
 * CompletableFuture&lt;List&lt;Price&gt;&gt; prices = Each.of(ids).atMost(8).map(api::price);
 * </pre>
 *
 * Items are taken from their source when there is room for them and not before. The outcome is there when everything that has
 * been started has ended; cancelling it, and an abort of the {@link dev.settle.abort.AbortSignal#current() current signal},
 * aborts what is running and starts nothing more. The function is started on the thread of the caller, or of whatever ended
 * before, which it keeps as long as items end at once, and must not block: {@link Blocking} makes it so. An {@code Each} may be
 * used again, and by several threads, if its items may.
 */
public final class Each<T extends @Nullable Object> {

    private static final int ALL = Integer.MAX_VALUE;

    private final Iterable<? extends T> items;
    private final int atMost;
    private final int batch;

    private Each(Iterable<? extends T> items, int atMost, int batch) {
        this.items = items;
        this.atMost = atMost;
        this.batch = batch;
    }

    /** All items at once, unless something else is asked for. */
    public static <T extends @Nullable Object> Each<T> of(Iterable<? extends T> items) {
        return new Each<>(items, ALL, ALL);
    }

    /**
     * So many at a time; 1 is one after another.
     *
     * @throws IllegalArgumentException for less than one
     */
    public Each<T> atMost(int n) {
        return new Each<>(this.items, positive(n, "atMost"), this.batch);
    }

    /**
     * Whole batches: one begins when all of the one before has ended. The last may be smaller.
     *
     * @throws IllegalArgumentException for less than one
     */
    public Each<T> inBatchesOf(int size) {
        return new Each<>(this.items, this.atMost, positive(size, "inBatchesOf"));
    }

    private static int positive(int number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException(what + "(" + number + ") would run nothing; use at least 1");
        }
        return number;
    }

    /**
     * All results, in the order of the items. After the first failure nothing more is started, what is running is aborted, and
     * when that has ended the result fails with that failure, others suppressed.
     */
    public <R extends @Nullable Object> CompletableFuture<List<R>> map(AsyncFunction<? super T, R> fn) {
        return run(fn, new EachRun.Keeping<R, R, List<R>>(true, (value, failure) -> value, list -> list));
    }

    /**
     * What became of each item, in the order of the items: a failure is an outcome. Fails only when the items cannot be read,
     * or when it is given up.
     */
    public <R extends @Nullable Object> CompletableFuture<List<Outcome<R>>> settle(AsyncFunction<? super T, R> fn) {
        return run(fn, new EachRun.Keeping<R, Outcome<R>, List<Outcome<R>>>(false, Outcome::of, list -> list));
    }

    /** The same as {@link #map}, for its effects only: keeps no results, and so there may be any number of items. */
    public <R extends @Nullable Object> CompletableFuture<@Nullable Void> run(AsyncFunction<? super T, R> fn) {
        return run(fn, new EachRun.Keeping<R, Object, @Nullable Void>(true, null, list -> null));
    }

    private <R extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object>
            CompletableFuture<O> run(AsyncFunction<? super T, R> fn, EachRun.Keeping<R, E, O> keeping) {
        return new EachRun<>(this, fn, keeping).start();
    }

    Iterable<? extends T> items() {
        return this.items;
    }

    int atMost() {
        return this.atMost;
    }

    int batch() {
        return this.batch;
    }
}
