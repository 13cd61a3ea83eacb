package dev.settle.policy.exclusive;

import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.annotation.Scope;
import dev.settle.core.HandWork;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.StepPolicy;
import dev.settle.core.WaitBounds;
import dev.settle.time.TimeSource;
import java.util.concurrent.CompletableFuture;

/** An exclusive method without Spring. The key is what the thread has said last. */
final class Mutex extends StepPolicy {

    private static final ThreadLocal<Object> KEY = new ThreadLocal<>();

    private final Locks locks;

    private Mutex(OnConflict onConflict, WaitBounds bounds, KeySettings keys, Locks locks) {
        super(new ExclusiveStep(new ExclusiveSettings(onConflict, bounds, keys, Scope.LOCAL), locks));
        this.locks = locks;
    }

    static Mutex keyed(OnConflict onConflict, TimeSource time) {
        return keyed(onConflict, WaitBounds.DEFAULT, 1_000_000, time);
    }

    static Mutex keyed(OnConflict onConflict, WaitBounds bounds, int maxKeys, TimeSource time) {
        return with(onConflict, bounds, new KeySettings(call -> KEY.get(), maxKeys), time);
    }

    static Mutex unkeyed(OnConflict onConflict, TimeSource time) {
        return with(onConflict, WaitBounds.DEFAULT, KeySettings.NONE, time);
    }

    private static Mutex with(OnConflict onConflict, WaitBounds bounds, KeySettings keys, TimeSource time) {
        return new Mutex(onConflict, bounds, keys, new Locks(keys, time));
    }

    /** How many keys are locked or waited for. */
    int keys() {
        return this.locks.states().keys();
    }

    /** What calls on this thread are for from now on. */
    static void key(Object key) {
        KEY.set(key);
    }

    /** A call of the method for the key, with work that is settled by hand. */
    static CompletableFuture<String> call(PlannedMethod method, Object key, HandWork work, String name) {
        key(key);
        return method.start(() -> work.start(name));
    }
}
