package dev.settle.benchmark.timer;

import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Percentiles;
import dev.settle.benchmark.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** How late a timer of 50 ms runs what it is for: one by one, and 10,000 at once. */
final class Lateness {

    private static final long DELAY = TimeUnit.MILLISECONDS.toNanos(50);

    private final List<Figure> figures = new ArrayList<>();

    private Lateness() {}

    static List<Figure> measure(int rounds) throws Exception {
        Lateness lateness = new Lateness();
        for (Timers timers : Timers.values()) {
            if (timers.available()) {
                lateness.measure(timers, rounds);
            }
        }
        return lateness.figures;
    }

    private void measure(Timers timers, int rounds) throws Exception {
        try (Timers.Kind kind = timers.make()) {
            Firing.check(timers, kind);
            measure(timers, kind, rounds, "spread", 500, TimeUnit.MILLISECONDS.toNanos(2));
            measure(timers, kind, rounds, "10,000 at once", 10_000, 0);
        }
    }

    private void measure(Timers timers, Timers.Kind kind, int rounds, String how, int number, long gap)
            throws InterruptedException {
        List<Double> half = new ArrayList<>();
        List<Double> most = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        run(kind, number, gap);
        for (int i = 0; i < rounds; i++) {
            Percentiles late = run(kind, number, gap);
            half.add(late.at(50) / 1e6);
            most.add(late.at(99) / 1e6);
            first.add(late.min() / 1e6);
        }
        add(timers, "50 ms, " + how + ": late, p50", half);
        add(timers, "50 ms, " + how + ": late, p99", most);
        add(timers, "50 ms, " + how + ": late, least", first);
    }

    private void add(Timers timers, String scenario, List<Double> samples) {
        this.figures.add(new Figure("B", scenario, timers.subject(), Unit.MILLIS, samples));
    }

    private static Percentiles run(Timers.Kind kind, int number, long gap) throws InterruptedException {
        long[] late = new long[number];
        AtomicInteger fired = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(number);
        for (int i = 0; i < number; i++) {
            long due = System.nanoTime() + DELAY;
            kind.arm(DELAY, () -> {
                late[fired.getAndIncrement()] = System.nanoTime() - due;
                all.countDown();
            });
            if (gap > 0) {
                LockSupport.parkNanos(gap);
            }
        }
        if (!all.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(all.getCount() + " timers did not fire");
        }
        return new Percentiles(late);
    }
}
