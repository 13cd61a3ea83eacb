package dev.settle.benchmark.growth;

import dev.settle.benchmark.Unit;
import dev.settle.benchmark.process.Child;
import dev.settle.benchmark.process.Reading;
import dev.settle.benchmark.process.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** In the child: with more and more entries there, what it takes for one to come and leave, and what each holds. */
final class Growth {

    private static final int ROUNDS = 9;

    /** What fewer hold is lost in what else happens in the heap. */
    private static final int LEAST = 10_000;

    private final Crowd crowd;
    private int number;

    private Growth(Crowd crowd) {
        this.crowd = crowd;
    }

    public static void main(String[] arguments) {
        Child.library(arguments);
        Subject subject = Subject.valueOf(arguments[1]);
        new Growth(subject.crowd()).warm();
        Growth growth = new Growth(subject.crowd());
        for (int i = 2; i < arguments.length; i++) {
            List<Object> entries = growth.grow(Integer.parseInt(arguments[i]));
            if (i == arguments.length - 1) {
                // The last million need not be taken apart.
                Runtime.getRuntime().halt(0);
            }
            entries.forEach(growth.crowd::leave);
        }
    }

    private void warm() {
        // Else what comes later would be faster only because more has been compiled.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        while (this.crowd.leaves() ? System.nanoTime() < end : this.number < 100_000) {
            round(2000);
        }
    }

    /** The entries stay only in the list: what is held for each is what the library holds, and the handle. */
    private List<Object> grow(int count) {
        List<Object> entries = new ArrayList<>(count);
        long before = Vitals.live();
        long start = System.nanoTime();
        while (entries.size() < count) {
            entries.add(this.crowd.enter(this.number++));
        }
        double each = (double) (System.nanoTime() - start) / count;
        if (count >= LEAST) {
            Reading.tell("held by each of " + count, Unit.LIVE, (double) (Vitals.live() - before) / count);
        }
        if (!this.crowd.leaves()) {
            // One round only: of fewer it says nothing.
            if (count >= LEAST) {
                Reading.tell("come, beside " + count, Unit.NANOS, each);
            }
            return entries;
        }
        for (int i = 0; i < ROUNDS; i++) {
            Reading.tell("come and leave, beside " + count, Unit.NANOS, round(2000));
        }
        return entries;
    }

    private double round(int times) {
        long before = System.nanoTime();
        for (int i = 0; i < times; i++) {
            this.crowd.leave(this.crowd.enter(this.number++));
        }
        return (double) (System.nanoTime() - before) / times;
    }
}
