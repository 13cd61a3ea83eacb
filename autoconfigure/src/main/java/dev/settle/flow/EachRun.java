package dev.settle.flow;

import dev.settle.core.AsyncCall;
import dev.settle.core.AsyncFunction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run over the items of an {@link Each}. */
final class EachRun<
                T extends @Nullable Object,
                R extends @Nullable Object,
                E extends @Nullable Object,
                O extends @Nullable Object>
        extends Scope<O> implements Pump.Source {

    private final Each<T> each;
    private final AsyncFunction<? super T, R> fn;
    private final Keeping<R, E, O> keeping;
    private final Pump pump;

    // Touched only by the one thread that looks what comes next.
    private final List<Place<E>> places = new ArrayList<>();
    private @Nullable Iterator<? extends T> source;
    private int inBatch;
    private boolean over;

    EachRun(Each<T> each, AsyncFunction<? super T, R> fn, Keeping<R, E, O> keeping) {
        super("each");
        this.each = each;
        this.fn = fn;
        this.keeping = keeping;
        this.pump = new Pump(each.atMost(), this::within, this);
    }

    /**
     * What is kept of each item, and made of all.
     *
     * @param failing whether the failure of one is that of all
     * @param entry makes what is kept of what became of the item; null: nothing is kept
     * @param result makes the outcome of what was kept, in the order of the items
     */
    record Keeping<R extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object>(
            boolean failing,
            @Nullable BiFunction<@Nullable R, @Nullable Throwable, E> entry,
            Function<List<E>, O> result) {}

    /** Written by whoever ends the item, before that leaves the scope; read when all have left. */
    private static final class Place<E extends @Nullable Object> {

        @Nullable
        E entry;
    }

    CompletableFuture<O> start() {
        this.pump.look();
        return future();
    }

    @Override
    public @Nullable Runnable next(int running) {
        if (this.over || (isBatchFull() && running > 0)) {
            return null;
        }
        try {
            if (!signal().aborted() && source().hasNext()) {
                T item = source().next();
                this.inBatch = isBatchFull() ? 1 : this.inBatch + 1;
                return () -> begin(item);
            }
        } catch (Throwable ex) {
            fail(ex);
        }
        this.over = true;
        leave();
        return null;
    }

    private boolean isBatchFull() {
        return this.inBatch == this.each.batch();
    }

    private Iterator<? extends T> source() {
        if (this.source == null) {
            this.source = this.each.items().iterator();
        }
        return this.source;
    }

    private void begin(T item) {
        AsyncCall<R> work = () -> this.fn.apply(item);
        if (this.keeping.failing()) {
            begin(work, ended());
        } else {
            beginApart(work, ended());
        }
    }

    private BiConsumer<@Nullable R, @Nullable Throwable> ended() {
        BiFunction<@Nullable R, @Nullable Throwable, E> entry = this.keeping.entry();
        if (entry == null) {
            return (value, failure) -> this.pump.ended();
        }
        Place<E> place = new Place<>();
        this.places.add(place);
        return (value, failure) -> {
            place.entry = entry.apply(value, failure);
            this.pump.ended();
        };
    }

    @Override
    @SuppressWarnings("NullAway") // an entry is null when its function said so
    protected @Nullable O result() {
        List<E> entries = new ArrayList<>(this.places.size());
        this.places.forEach(place -> entries.add(place.entry));
        return this.keeping.result().apply(entries);
    }
}
