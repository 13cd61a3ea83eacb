package dev.settle.chaos;

import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** What must hold wherever code of the user runs. */
final class UserCode {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Asking for the locks of a thread stops all threads: only some are asked. */
    private static final int ONE_OF = 32;

    private final World world;
    private int times;

    UserCode(World world) {
        this.world = world;
    }

    void runs(String what, Caller caller) {
        if (caller != null && !String.valueOf(caller.id).equals(World.CONTEXT.get())) {
            this.world.broken(Law.CONTEXT_TRAVELS, what + " runs in the context of " + World.CONTEXT.get());
        }
        if (this.times++ % ONE_OF == 0) {
            String lock = lock();
            if (lock != null) {
                this.world.broken(Law.NO_USER_CODE_UNDER_A_LOCK, what + " runs under the lock of a " + lock);
            }
        }
    }

    /** The class of a lock of Settle that this thread has; null when it has none. */
    static String lock() {
        ThreadInfo here =
                THREADS.getThreadInfo(new long[] {Thread.currentThread().getId()}, true, false)[0];
        for (MonitorInfo monitor : here.getLockedMonitors()) {
            if (monitor.getClassName().startsWith("dev.settle.")) {
                return monitor.getClassName();
            }
        }
        return null;
    }
}
