package dev.settle.benchmark.limiter;

import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Heap;
import dev.settle.benchmark.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A million keys, all in use: what each costs beyond the key, and how long a call with one of them takes. */
final class KeyedRun {

    private static final int KEYS = 1_000_000;
    private static final int CALLS = 500_000;

    private final List<Figure> figures = new ArrayList<>();
    private final String[] keys = new String[KEYS];

    private KeyedRun() {
        for (int i = 0; i < KEYS; i++) {
            this.keys[i] = "customer-" + i;
        }
    }

    static List<Figure> measure() {
        KeyedRun run = new KeyedRun();
        run.measure("Settle, the whole call", Keyed.Settle::new);
        run.measure("Resilience4j", Keyed::resilience4j);
        run.measure("Bucket4j", Keyed::bucket4j);
        run.measure("Guava", Keyed::guava);
        run.measure("Failsafe", Keyed::failsafe);
        run.forget();
        return run.figures;
    }

    private void measure(String subject, Supplier<Keyed> maker) {
        try (Keyed keyed = maker.get()) {
            start(keyed, "first");
            long before = Heap.live();
            for (String key : this.keys) {
                start(keyed, key);
            }
            if (keyed instanceof Keyed.Settle settle && settle.kept("start") < KEYS) {
                throw new IllegalStateException("Only " + settle.kept("start") + " keys are kept");
            }
            double each = Heap.each(before, Heap.live(), KEYS);
            this.figures.add(Figure.of("D", "1,000,000 keys: each", subject, Unit.LIVE, each));
            this.figures.add(new Figure("D", "1,000,000 keys: a call", subject, Unit.NANOS, calls(keyed)));
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    private List<Double> calls(Keyed keyed) {
        List<Double> samples = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(42);
        for (int round = -1; round < 3; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                start(keyed, this.keys[random.nextInt(KEYS)]);
            }
            double nanos = (System.nanoTime() - start) / (double) CALLS;
            if (round >= 0) {
                samples.add(nanos);
            }
        }
        return samples;
    }

    private static void start(Keyed keyed, String key) {
        if (!keyed.start(key)) {
            throw new IllegalStateException("Refused: " + key);
        }
    }

    /** Keys whose starts do not count any more are let go. */
    private void forget() {
        try (Keyed.Settle keyed = new Keyed.Settle()) {
            for (int i = 0; i < 100_000; i++) {
                keyed.startShortly(this.keys[i]);
            }
            long start = System.nanoTime();
            while (keyed.kept("startShortly") > 0 && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(30)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            this.figures.add(
                    Figure.of("D", "100,000 idle keys: kept", "Settle", Unit.COUNT, keyed.kept("startShortly")));
        }
    }
}
