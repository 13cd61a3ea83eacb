package dev.settle.benchmark.permit;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows, before anything is measured, that one more than there are permits does not get in before one has left. */
final class Holding {

    private Holding() {}

    static void check(Permits kind, Permits.Kind limit, int permits) throws Exception {
        Queue<Object> entered = new ArrayDeque<>();
        for (int i = 0; i < permits; i++) {
            entered.add(limit.enter());
        }
        CountDownLatch in = new CountDownLatch(1);
        Thread oneMore = new Thread(() -> enter(limit, in));
        oneMore.start();
        if (in.await(100, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(kind + " lets more in than " + permits);
        }
        limit.leave(entered.remove());
        if (!in.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException(kind + " lets nobody in when one has left");
        }
        entered.forEach(limit::leave);
        oneMore.join();
    }

    private static void enter(Permits.Kind limit, CountDownLatch in) {
        try {
            Object entered = limit.enter();
            in.countDown();
            limit.leave(entered);
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }
}
