package dev.settle.benchmark.soak;

import dev.settle.benchmark.Machine;
import java.util.Locale;

/** The page about the last soak. */
final class SoakPage {

    private static final String PAGE = """
            # Soak

            Written by the run itself:

            ```shell
            mvn -Pbenchmarks -pl autoconfigure verify -Dbenchmarks=soak -Dbenchmarks.soak.seconds=%d
            ```

            An application calls methods with all six policies as fast as it can: with futures, with a `Mono` and synchronously,
            keyed (5,000 keys) and not, up to 400 calls at a time. One attempt in ten fails at once, some fail or answer later,
            two in a thousand never answer; one call in a hundred is cancelled by its caller. Every few seconds the heap is
            collected and looked at. When the callers have stopped, everything must have gone.

            | | |
            |---|---|
            %s
            ![Live heap, calls per second, what is in flight, and threads, over time](images/soak.svg)

            Before Java 21 Settle's own threads are a pool that keeps one for a minute after it was last needed: their number follows
            the largest burst of that minute, up and down.

            | how calls ended | calls |
            |---|---:|
            %s
            | left at the end | |
            |---|---:|
            %s
            """;

    private SoakPage() {}

    static String of(Course course, Slope slope) {
        StringBuilder facts = new StringBuilder();
        Machine.facts().forEach((name, fact) -> facts.append(row(name, fact)));
        double seconds = course.last("second");
        double calls = course.last("calls");
        facts.append(row("calls", "%,.0f in %,.0f s: %,.0f a second".formatted(calls, seconds, calls / seconds)));
        facts.append(row(
                "live heap",
                "%.1f MB on average; the straight line through it, without the first fifth, gains %.2f MB (± %.2f) from end to end, %.4f bytes for each call: %s"
                        .formatted(
                                slope.mean(),
                                slope.gain(),
                                slope.error(),
                                slope.gain() * 1e6 / (0.8 * calls),
                                slope.flat() ? "flat" : "**not flat**")));
        facts.append(row(
                "platform threads",
                "%.0f to %.0f"
                        .formatted(
                                course.column("threads").stream()
                                        .mapToDouble(Double::doubleValue)
                                        .min()
                                        .orElseThrow(),
                                course.column("threads").stream()
                                        .mapToDouble(Double::doubleValue)
                                        .max()
                                        .orElseThrow())));
        StringBuilder ends = new StringBuilder();
        for (Driver.End end : Driver.End.values()) {
            ends.append(row(
                    end.name().toLowerCase(Locale.ROOT).replace('_', ' '), "%,.0f".formatted(course.last(end.name()))));
        }
        StringBuilder left = new StringBuilder();
        course.left().forEach((what, count) -> left.append(row(what, "%.0f".formatted(count))));
        return PAGE.formatted(Math.round(seconds), facts, ends, left);
    }

    private static String row(String name, String value) {
        return "| " + name + " | " + value + " |\n";
    }
}
