package dev.settle.chaos;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the methods of one round with real threads have in common: their executors, and who runs where. */
final class Bustle implements AutoCloseable {

    private static final String[] METHODS = {"stage", "value", "mono", "flux", "debounced"};

    private final int permits;
    private final boolean locked;
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(1);
    private final ThreadPoolExecutor busy = new ThreadPoolExecutor(1, 2, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    private final AtomicInteger[] running = new AtomicInteger[METHODS.length];
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Finding> findings = new ConcurrentLinkedQueue<>();
    private final AtomicInteger attempts = new AtomicInteger();

    /** What the settings of the round allow: so many at once, and whether one at a time for each key. */
    Bustle(int permits, boolean locked) {
        this.permits = permits;
        this.locked = locked;
        for (int i = 0; i < METHODS.length; i++) {
            this.running[i] = new AtomicInteger();
        }
    }

    void begin(int method, String key) {
        this.attempts.incrementAndGet();
        int now = this.running[method].incrementAndGet();
        if (now > this.permits) {
            broken(
                    Law.PERMIT_LIVES_WITH_THE_WORK,
                    now + " run at once in " + METHODS[method] + ", with " + this.permits + " permits");
        }
        if (!this.keys.add(method + key) && this.locked && method < 4) {
            broken(Law.PERMIT_LIVES_WITH_THE_WORK, "two run at once for one key in " + METHODS[method]);
        }
        String thread = Thread.currentThread().getName();
        if (thread.contains("timer")) {
            broken(Law.NO_USER_CODE_UNDER_A_LOCK, "a method runs on the timer thread");
        }
    }

    void end(int method, String key) {
        this.keys.remove(method + key);
        this.running[method].decrementAndGet();
    }

    int attempts() {
        return this.attempts.get();
    }

    ScheduledExecutorService later() {
        return this.later;
    }

    /** Rejects what is more than two threads can do. */
    Executor busy() {
        return this.busy;
    }

    void broken(Law law, String what) {
        this.findings.add(new Finding(law, what));
    }

    List<Finding> findings() {
        return List.copyOf(this.findings);
    }

    @Override
    public void close() {
        this.later.shutdown();
        this.busy.shutdown();
    }
}
