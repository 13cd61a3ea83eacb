package dev.settle.benchmark.storm;

import dev.settle.benchmark.Effort;
import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Group;
import dev.settle.benchmark.process.Child;
import dev.settle.benchmark.process.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Ten thousand calls fail twice and are retried after 50 ms each time: 100 ms would be ideal. */
public final class StormGroup implements Group {

    @Override
    public String letter() {
        return "F";
    }

    @Override
    public String title() {
        return "Retry storm";
    }

    @Override
    public List<Figure> measure(Effort effort) throws IOException, InterruptedException {
        Samples samples = new Samples(letter());
        int processes = (effort == Effort.FULL) ? 3 : 1;
        for (int process = 0; process < processes; process++) {
            for (Subject subject : Subject.values()) {
                samples.add(
                        "",
                        subject.title(),
                        child(subject).run(List.of(), subject.name(), (effort == Effort.FULL) ? "5" : "1"));
            }
        }
        return samples.figures();
    }

    @Override
    public String notes(List<Figure> figures) {
        return """

                Extra threads are platform threads, from before the library is set up to the busiest moment. Spring's `@Retryable`
                does not look into a future: its calls are not retried, and fail.

                Limits. A call that waits for its next attempt holds 96 bytes for itself, 56 for its attempts, 40 for the
                wait, 32 each for the timer, the backoff and the caller's future, 24 for the failures so far, 24 for the
                context, and the method's arguments; the goal of 250 came from a prototype without signal, context and report.
                One extra thread would be the timer's alone: what is due is begun by workers, as many as processors, because
                it may block.
                """;
    }

    /** With a young generation that a storm does not fill, what is allocated is what has come into it. */
    private static Child child(Subject subject) {
        return new Child(
                Storm.class,
                subject.library(),
                List.of("-Xms1500m", "-Xmx1500m", "-Xmn1g", "-XX:+UseSerialGC", "-XX:-ResizeTLAB", "-XX:TLABSize=32k"),
                Duration.ofSeconds(90));
    }
}
