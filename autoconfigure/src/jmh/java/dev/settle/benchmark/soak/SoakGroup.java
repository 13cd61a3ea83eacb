package dev.settle.benchmark.soak;

import dev.settle.benchmark.Effort;
import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Group;
import dev.settle.benchmark.Unit;
import dev.settle.benchmark.process.Child;
import dev.settle.benchmark.process.Library;
import dev.settle.benchmark.process.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All policies at full speed for ten minutes: does anything stay that should have gone? */
public final class SoakGroup implements Group {

    @Override
    public String letter() {
        return "soak";
    }

    @Override
    public String title() {
        return "Soak";
    }

    @Override
    public boolean inFull() {
        return false;
    }

    /**
     * Runs it, and writes its page.
     *
     * @throws IllegalStateException when something is left, or the heap is not flat; the page is written all the same
     */
    @Override
    public List<Figure> measure(Effort effort) throws IOException, InterruptedException {
        int seconds = Integer.getInteger("benchmarks.soak.seconds", 600);
        List<Reading> told = new Child(
                        Soak.class,
                        Library.SETTLE_AND_REACTOR,
                        List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC"),
                        Duration.ofSeconds(seconds + 120))
                .run(List.of(), Integer.toString(seconds))
                .orElseThrow(() -> new IllegalStateException("The soak has failed"));
        Course course = new Course(told);
        Slope slope = Slope.of(course.points("live"));
        Path docs = Path.of(System.getProperty("benchmarks.root", "."), "docs");
        Files.createDirectories(docs.resolve("images"));
        Files.writeString(docs.resolve("images/soak.svg"), SoakPicture.of(course));
        Files.writeString(docs.resolve("soak.md"), SoakPage.of(course, slope));
        check(course, slope);
        return figures(course, slope);
    }

    private static void check(Course course, Slope slope) {
        course.left().forEach((what, count) -> {
            if (count != 0) {
                throw new IllegalStateException("There are " + count.longValue() + " " + what + " left after the soak");
            }
        });
        if (!slope.flat()) {
            throw new IllegalStateException("The live heap is not flat: " + slope);
        }
    }

    private List<Figure> figures(Course course, Slope slope) {
        List<Figure> figures = new ArrayList<>();
        figures.add(figure("calls", Unit.COUNT, course.last("calls")));
        figures.add(new Figure(letter(), "live heap", "Settle", Unit.MEGABYTES, course.column("live")));
        figures.add(figure("live heap, gain by the line", Unit.MEGABYTES, slope.gain()));
        figures.add(new Figure(letter(), "platform threads", "Settle", Unit.COUNT, course.column("threads")));
        course.left().forEach((what, count) -> figures.add(figure(what + " at the end", Unit.COUNT, count)));
        return figures;
    }

    private Figure figure(String scenario, String unit, double value) {
        return Figure.of(letter(), scenario, "Settle", unit, value);
    }
}
