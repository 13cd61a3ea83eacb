package dev.settle.benchmark.permit;

import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Heap;
import dev.settle.benchmark.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** 100,000 who wait for one permit, and hand it from one to the next inside their callbacks. */
final class WaiterRun {

    private static final int NUMBER = 100_000;

    private WaiterRun() {}

    static List<Figure> measure(int rounds) {
        List<Figure> figures = new ArrayList<>();
        for (Waiters waiters : Waiters.values()) {
            measure(waiters, rounds, figures);
        }
        return figures;
    }

    private static void measure(Waiters waiters, int rounds, List<Figure> figures) {
        List<Double> in = new ArrayList<>();
        List<Double> out = new ArrayList<>();
        List<Double> both = new ArrayList<>();
        List<Double> live = new ArrayList<>();
        List<Double> lost = new ArrayList<>();
        // The first rounds are slow: nothing is compiled yet.
        for (int round = -2; round < rounds; round++) {
            double[] measured = round(waiters);
            if (round >= 0) {
                in.add(measured[0]);
                live.add(measured[1]);
                out.add(measured[2]);
                both.add(measured[0] + measured[2]);
                lost.add(measured[3]);
            }
        }
        String prefix = "100,000 waiters: ";
        figures.add(new Figure("C", prefix + "into the line", waiters.subject(), Unit.NANOS, in));
        figures.add(new Figure("C", prefix + "handed over", waiters.subject(), Unit.NANOS, out));
        figures.add(new Figure("C", prefix + "in and out", waiters.subject(), Unit.NANOS, both));
        figures.add(new Figure("C", prefix + "live, each", waiters.subject(), Unit.LIVE, live));
        figures.add(new Figure("C", prefix + "never granted", waiters.subject(), Unit.COUNT, lost));
    }

    private static double[] round(Waiters waiters) {
        Waiters.Line line = waiters.open();
        long before = Heap.live();
        long start = System.nanoTime();
        for (int i = 0; i < NUMBER; i++) {
            line.enqueue();
        }
        double in = (System.nanoTime() - start) / (double) NUMBER;
        double live = Heap.each(before, Heap.live(), NUMBER);
        long release = System.nanoTime();
        line.release();
        long last = awaitGrants(line);
        int granted = line.granted();
        return new double[] {in, live, (last - release) / (double) Math.max(1, granted), NUMBER - granted};
    }

    /** The time when the last permit was seen to be granted: after a second without one, there will be none. */
    private static long awaitGrants(Waiters.Line line) {
        long last = System.nanoTime();
        int seen = line.granted();
        while (seen < NUMBER && System.nanoTime() - last < TimeUnit.SECONDS.toNanos(1)) {
            LockSupport.parkNanos(100_000);
            int now = line.granted();
            last = (now > seen) ? System.nanoTime() : last;
            seen = now;
        }
        return last;
    }
}
