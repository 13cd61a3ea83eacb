package dev.settle.benchmark.growth;

import dev.settle.benchmark.Effort;
import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Group;
import dev.settle.benchmark.process.Child;
import dev.settle.benchmark.process.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Cost as the work grows: how long it takes for one more to come and leave, and what each holds. */
public final class GrowthGroup implements Group {

    @Override
    public String letter() {
        return "growth";
    }

    @Override
    public String title() {
        return "Cost as the work grows";
    }

    @Override
    public List<Figure> measure(Effort effort) throws IOException, InterruptedException {
        String[] counts =
                (effort == Effort.FULL) ? new String[] {"1", "100", "10000", "1000000"} : new String[] {"1", "10000"};
        Samples samples = new Samples(letter());
        for (Subject subject : Subject.values()) {
            String[] arguments = Stream.concat(Stream.of(subject.name()), Arrays.stream(counts))
                    .toArray(String[]::new);
            samples.add(subject.entries(), subject.title(), child(subject).run(List.of(), arguments));
        }
        List<Figure> figures = samples.figures();
        if (effort == Effort.FULL) {
            Path images = Path.of(System.getProperty("benchmarks.root", ".")).resolve("docs/images");
            Files.createDirectories(images);
            Files.writeString(images.resolve("growth.svg"), GrowthPicture.of(figures));
        }
        return figures;
    }

    @Override
    public String notes(List<Figure> figures) {
        return """

                ![Time for one to come and leave, and bytes held by each, over the number of entries](images/growth.svg)

                Both axes are logarithmic: what is level does not depend on how many there are. Callers that wait leave by
                cancelling, calls whose work runs by its end. The keys of a throttle cannot leave before their window has passed:
                there, only coming is measured.
                """;
    }

    private static Child child(Subject subject) {
        return new Child(
                Growth.class,
                subject.library(),
                List.of("-Xms3g", "-Xmx3g", "-XX:+UseParallelGC"),
                Duration.ofSeconds(120));
    }
}
