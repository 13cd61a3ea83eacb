package dev.settle.abort;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets actors go at the same moment, the last of them on this thread, and waits for all. */
final class Race implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Whatever an actor throws fails the test. */
    <T> List<T> run(List<Callable<T>> actors) throws Exception {
        AtomicInteger missing = new AtomicInteger(actors.size());
        List<Future<T>> running = new ArrayList<>();
        int last = actors.size() - 1;
        for (Callable<T> actor : actors.subList(0, last)) {
            running.add(this.threads.submit(() -> go(missing, actor)));
        }
        T ownResult = go(missing, actors.get(last));
        List<T> results = new ArrayList<>();
        for (Future<T> actor : running) {
            results.add(actor.get(10, TimeUnit.SECONDS));
        }
        results.add(ownResult);
        return results;
    }

    private static <T> T go(AtomicInteger missing, Callable<T> actor) throws Exception {
        missing.decrementAndGet();
        while (missing.get() > 0) {
            Thread.yield();
        }
        return actor.call();
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
