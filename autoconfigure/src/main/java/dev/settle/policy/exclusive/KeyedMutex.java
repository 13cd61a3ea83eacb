package dev.settle.policy.exclusive;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.annotation.Scope;
import dev.settle.core.AsyncCall;
import dev.settle.core.CallSite;
import dev.settle.core.Calls;
import dev.settle.core.KeySettings;
import dev.settle.core.Next;
import dev.settle.core.WaitBounds;
import dev.settle.core.Work;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One runner per key, first come, first served, in this process. A key is locked until the future of the work has settled.
 *
 * <pre class="code">
 * KeyedMutex&lt;String&gt; accounts = KeyedMutex.create();
 * accounts.callAll(List.of(from, to), () -&gt; ledger.transfer(from, to, amount));
 * </pre>
 *
 * Not re-entrant: work that would wait for itself fails with {@link dev.settle.ReentrantCallException}; where it cannot be
 * recognised, because the {@link AbortSignal#current() current signal} was not carried along, the longest wait ends it.
 * Keys need {@code equals} and {@code hashCode}; a null key is an {@code IllegalArgumentException}, given by the future.
 *
 * @param <K> the keys
 */
public final class KeyedMutex<K> {

    private static final WaitBounds BOUNDS = new WaitBounds(Duration.ofSeconds(30), Integer.MAX_VALUE);

    private final CallSite site = CallSite.plain("mutex");
    private final Locks locks;
    private final Next waiting;
    private final Next joining;

    private KeyedMutex(WaitBounds bounds, TimeSource time) {
        KeySettings keys = new KeySettings(call -> call.arguments()[0], Integer.MAX_VALUE);
        this.locks = new Locks(keys, time);
        this.waiting = chain(OnConflict.WAIT, bounds, keys);
        this.joining = chain(OnConflict.JOIN, bounds, keys);
    }

    private Next chain(OnConflict onConflict, WaitBounds bounds, KeySettings keys) {
        ExclusiveSettings settings = new ExclusiveSettings(onConflict, bounds, keys, Scope.LOCAL);
        return Next.link(List.of(new ExclusiveStep(settings, this.locks)));
    }

    /** No key is locked. As many may wait as come, each for at most 30 seconds. */
    public static <K> KeyedMutex<K> create() {
        return create(BOUNDS);
    }

    /** No key is locked, and bounds for those that wait. */
    public static <K> KeyedMutex<K> create(WaitBounds bounds) {
        return create(bounds, TimeSource.system());
    }

    /** No key is locked, bounds for those that wait, and the clock and timers. */
    public static <K> KeyedMutex<K> create(WaitBounds bounds, TimeSource time) {
        return new KeyedMutex<>(bounds, time);
    }

    /** Runs the work alone under the key. */
    public <T> CompletableFuture<T> call(K key, AsyncCall<T> work) {
        return run(this.waiting, Collections.singletonList(key), work);
    }

    /** Runs the work alone under all the keys, each locked once, in one order for all; under no key it runs at once. */
    public <T> CompletableFuture<T> callAll(Collection<? extends K> keys, AsyncCall<T> work) {
        return run(this.waiting, new ArrayList<>(keys), work);
    }

    /**
     * Joins the run that another {@code join} has begun under the key, or begins one. It is aborted only when all who have
     * joined it have given up.
     */
    public <T> CompletableFuture<T> join(K key, AsyncCall<T> work) {
        return run(this.joining, Collections.singletonList(key), work);
    }

    private <T> CompletableFuture<T> run(Next chain, List<? extends @Nullable Object> keys, AsyncCall<T> work) {
        return Calls.async(this.site, chain, new KeyedWork(keys, work), AbortSignal.never());
    }

    /** How many keys are locked or waited for. */
    public int keys() {
        return this.locks.states().keys();
    }

    private record KeyedWork(List<? extends @Nullable Object> keys, AsyncCall<?> work) implements Work {

        @Override
        public @Nullable Object run(AbortSignal signal) throws Exception {
            return this.work.start();
        }

        @Override
        public @Nullable Object[] arguments() {
            return new Object[] {this.keys};
        }

        @Override
        public boolean asynchronous() {
            return true;
        }
    }
}
