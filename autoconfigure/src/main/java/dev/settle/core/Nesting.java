package dev.settle.core;

import dev.settle.time.Workers;
import java.util.concurrent.Executor;

/**
 * How deeply ends are nested on this thread: the end of one call may be what another waits for, which is what a third waits for.
 * Each takes a few dozen frames of the stack, and a stack that overflows leaves those who are still to be told waiting for ever.
 * So only so many are told inside each other.
 */
public final class Nesting {

    private static final int MOST = 32;

    /** An array of one: a value that is changed for each call and belongs to no class loader. */
    private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

    private Nesting() {}

    /** Runs what may lead to the end of something around it: here, or on another thread when there is too much of that here. */
    public static void run(Runnable end) {
        if (!enter()) {
            elsewhere(end, Workers.shared());
            return;
        }
        try {
            end.run();
        } finally {
            leave();
        }
    }

    /** Where no thread is to be had, the stack gets deeper all the same: nobody may wait for ever. */
    static void elsewhere(Runnable end, Executor threads) {
        try {
            threads.execute(end);
        } catch (Throwable ex) {
            end.run();
        }
    }

    /** Whether there is room for one more, who then has to {@link #leave}. */
    static boolean enter() {
        int[] depth = DEPTH.get();
        boolean room = depth[0] < MOST;
        if (room) {
            depth[0]++;
        }
        return room;
    }

    static void leave() {
        DEPTH.get()[0]--;
    }
}
