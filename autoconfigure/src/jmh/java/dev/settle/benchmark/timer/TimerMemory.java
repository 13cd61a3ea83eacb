package dev.settle.benchmark.timer;

import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Heap;
import dev.settle.benchmark.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Bytes for each armed timer, and what is left of it when it is disarmed. */
final class TimerMemory {

    private static final int NUMBER = 500_000;

    private TimerMemory() {}

    static List<Figure> measure() throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (Timers timers : Timers.values()) {
            if (timers.available()) {
                try (Timers.Kind kind = timers.make()) {
                    measure(timers, kind, figures);
                }
            }
        }
        return figures;
    }

    private static void measure(Timers timers, Timers.Kind kind, List<Figure> figures) {
        // Arrays that grow are not counted for one timer.
        round(kind);
        Object[] armed = new Object[NUMBER];
        long before = Heap.live();
        arm(kind, armed);
        long outstanding = Heap.live();
        disarm(kind, armed);
        long after = Heap.live();
        figures.add(figure("one armed timer", timers, Heap.each(before, outstanding, NUMBER)));
        figures.add(figure("one disarmed timer", timers, Heap.each(before, after, NUMBER)));
    }

    private static Figure figure(String scenario, Timers timers, double bytes) {
        return Figure.of("B", scenario, timers.subject(), Unit.LIVE, bytes);
    }

    private static void round(Timers.Kind kind) {
        Object[] armed = new Object[NUMBER];
        arm(kind, armed);
        disarm(kind, armed);
    }

    private static void arm(Timers.Kind kind, Object[] armed) {
        for (int i = 0; i < armed.length; i++) {
            armed[i] = kind.arm(TimeUnit.MINUTES.toNanos(10) + i * 1000L, Tasks.NOTHING);
        }
    }

    private static void disarm(Timers.Kind kind, Object[] armed) {
        for (int i = 0; i < armed.length; i++) {
            kind.disarm(armed[i]);
            armed[i] = null;
        }
    }
}
