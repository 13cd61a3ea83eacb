package dev.settle.benchmark.timer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows, before anything is measured, that timers fire, and that disarmed ones do not. */
final class Firing {

    private Firing() {}

    static void check(Timers timers, Timers.Kind kind) throws InterruptedException {
        CountDownLatch fired = new CountDownLatch(1);
        CountDownLatch disarmed = new CountDownLatch(1);
        Object armed = kind.arm(TimeUnit.MILLISECONDS.toNanos(200), disarmed::countDown);
        // Completing the future that orTimeout arms runs what is chained to it, too.
        if (timers != Timers.OR_TIMEOUT) {
            kind.disarm(armed);
        }
        kind.arm(TimeUnit.MILLISECONDS.toNanos(300), fired::countDown);
        if (!fired.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException(timers + " did not fire");
        }
        if (timers != Timers.OR_TIMEOUT && disarmed.getCount() == 0) {
            throw new IllegalStateException(timers + " fired although it was disarmed");
        }
    }
}
