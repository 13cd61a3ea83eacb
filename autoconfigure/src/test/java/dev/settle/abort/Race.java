package dev.settle.abort;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets actors go at almost the same moment, the last of them on this thread, and waits for all. Who is first, and by how
 * much, changes from race to race.
 */
final class Race implements AutoCloseable {

    private static final int MOST_SPINS = 100;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Random random = new Random(42);

    /** Whatever an actor throws fails the test. */
    <T> List<T> run(List<Callable<T>> actors) throws Exception {
        AtomicInteger missing = new AtomicInteger(actors.size());
        List<Future<T>> running = new ArrayList<>();
        int last = actors.size() - 1;
        for (Callable<T> actor : actors.subList(0, last)) {
            int handicap = this.random.nextInt(MOST_SPINS);
            running.add(this.threads.submit(() -> go(missing, handicap, actor)));
        }
        T ownResult = go(missing, this.random.nextInt(MOST_SPINS), actors.get(last));
        List<T> results = new ArrayList<>();
        for (Future<T> actor : running) {
            results.add(actor.get(10, TimeUnit.SECONDS));
        }
        results.add(ownResult);
        return results;
    }

    private static <T> T go(AtomicInteger missing, int handicap, Callable<T> actor) throws Exception {
        missing.decrementAndGet();
        while (missing.get() > 0) {
            Thread.yield();
        }
        spin(handicap);
        return actor.call();
    }

    /** Does nothing for a moment, without leaving the processor. */
    static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    void run(Runnable... actors) throws Exception {
        List<Callable<Object>> all = new ArrayList<>();
        for (Runnable actor : actors) {
            all.add(Executors.callable(actor));
        }
        run(all);
    }

    @Override
    public void close() {
        this.threads.shutdownNow();
    }
}
