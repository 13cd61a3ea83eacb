package dev.settle.benchmark.shutdown;

import dev.settle.benchmark.Effort;
import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Group;
import dev.settle.benchmark.process.Child;
import dev.settle.benchmark.process.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A thousand calls are in flight, most with 300 ms before them, when the application closes. */
public final class ShutdownGroup implements Group {

    @Override
    public String letter() {
        return "G";
    }

    @Override
    public String title() {
        return "Shutdown";
    }

    @Override
    public List<Figure> measure(Effort effort) throws IOException, InterruptedException {
        Samples samples = new Samples(letter());
        int runs = (effort == Effort.FULL) ? 3 : 1;
        for (int run = 0; run < runs; run++) {
            for (Subject subject : Subject.values()) {
                for (Work work : subject.works()) {
                    // Boot's executor takes half a minute.
                    if (work != Work.BLOCKING || (run == 0 && effort == Effort.FULL)) {
                        samples.add(
                                work.title(),
                                subject.title(),
                                child(subject).run(List.of(), subject.name(), work.name()));
                    }
                }
            }
        }
        return samples.figures();
    }

    @Override
    public String notes(List<Figure> figures) {
        return """

                A process that is told to end halts when `close()` has returned: what is pending then is lost. Settle ends a
                backoff when the application closes, so that its callers are told at once; work that runs is waited for.
                """;
    }

    private static Child child(Subject subject) {
        return new Child(Close.class, subject.library(), List.of("-Xmx256m"), Duration.ofSeconds(60));
    }
}
