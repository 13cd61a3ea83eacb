package dev.settle.benchmark.live;

import dev.settle.benchmark.Effort;
import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Group;
import dev.settle.benchmark.process.Child;
import dev.settle.benchmark.process.Library;
import dev.settle.benchmark.process.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What a call costs more while two browsers have the live page open. */
public final class LiveGroup implements Group {

    /** In the report, and for the goals. */
    public static final String SCENARIO = "as fast as %s can";

    /** In the report, and for the goals. */
    public static final String SUBJECT = "Settle, all but debounce";

    private static final int PAIRS = 30;

    @Override
    public String letter() {
        return "live";
    }

    @Override
    public String title() {
        return "The live page, open in two readers";
    }

    @Override
    public List<Figure> measure(Effort effort) throws IOException, InterruptedException {
        Samples samples = new Samples(letter());
        Child child = new Child(
                Looking.class, Library.SETTLE_AND_WEB, List.of("-Xms512m", "-Xmx512m"), Duration.ofMinutes(10));
        for (int threads = 1; threads <= 2; threads++) {
            samples.add(
                    SCENARIO.formatted(threads == 1 ? "one thread" : "two threads"),
                    SUBJECT,
                    child.run(List.of(), Integer.toString(threads), Integer.toString(PAIRS)));
        }
        return samples.figures();
    }

    @Override
    public String notes(List<Figure> figures) {
        return """

                One application with Tomcat and calls that have nothing to do. The page's stream is open in two readers of the
                same process, or in none: windows of 3 s in turn, laid side by side in pairs, of which each begins as the other
                has ended. What differs is the median of the pairs, which says more than the medians of all windows do. The processor
                time is that of the calling threads alone.
                """;
    }
}
