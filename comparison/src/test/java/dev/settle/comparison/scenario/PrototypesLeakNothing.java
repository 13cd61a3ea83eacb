package dev.settle.comparison.scenario;

import dev.settle.comparison.Library;
import dev.settle.comparison.Observation;
import dev.settle.comparison.Scenario;
import dev.settle.comparison.Waits;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** State belongs to the method, not to the bean. */
final class PrototypesLeakNothing implements Scenario {

    @Override
    public String name() {
        return "Prototype beans leak nothing";
    }

    @Override
    public String correct() {
        return "500 prototype beans with a limited method are made, called once and dropped. Correct: all but a few can"
                + " be collected within 5 s.";
    }

    @Override
    public Observation run(Library library) {
        Supplier<Object> prototypes = library.prototypes();
        List<WeakReference<Object>> made = IntStream.range(0, 500)
                .mapToObj(i -> new WeakReference<>(prototypes.get()))
                .toList();
        Waits.until(Waits.SOON, () -> {
            System.gc();
            return alive(made) == 0;
        });
        long left = alive(made);
        return Observation.of(left < 10, "%s", (left < 10) ? "all were collected" : left + " of 500 were still alive");
    }

    private static long alive(List<WeakReference<Object>> made) {
        return made.stream().filter(reference -> reference.get() != null).count();
    }
}
