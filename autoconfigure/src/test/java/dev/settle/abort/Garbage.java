package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.function.BooleanSupplier;

/** Asks for garbage collections until one has done what a test waits for; gives up after many. */
public final class Garbage {

    private static final int TRIES = 200;

    private Garbage() {}

    /** Collects what can be collected: a freshly forgotten object has gone afterwards. */
    public static void collect() {
        awaitCollected(new WeakReference<>(new Object()));
    }

    public static void awaitCollected(Reference<?> reference) {
        await(() -> reference.refersTo(null));
    }

    public static void await(BooleanSupplier condition) {
        boolean done = condition.getAsBoolean();
        for (int i = 0; i < TRIES && !done; i++) {
            System.gc();
            Thread.yield();
            done = condition.getAsBoolean();
        }
        assertThat(done).as("collected").isTrue();
    }
}
