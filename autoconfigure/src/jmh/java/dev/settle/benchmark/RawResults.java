package dev.settle.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** All samples of a run, in a file, so that runs can be compared. */
final class RawResults {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RawResults() {}

    static void write(Run run, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(run));
        System.out.println("Samples: " + file.getFileName());
    }

    static Run read(Path file) throws IOException {
        return JSON.readValue(Files.readString(file), Run.class);
    }

    /** Prints how Settle relates to its peers in one run and in another. */
    static void compare(Path one, Path other) throws IOException {
        Run first = read(one);
        Run second = read(other);
        System.out.printf("%-50s %-24s %-6s %8s %8s%n", "", "Settle against", "unit", "first", "second");
        first.figures().stream()
                .filter(Figure::own)
                .forEach(own -> first.beside(own).stream()
                        .filter(beside -> !beside.own() && Unit.comparable(beside.unit()))
                        .forEach(beside -> line(own, beside, second)));
    }

    private static void line(Figure own, Figure beside, Run second) {
        Optional<Double> again = second.find(own.group(), own.scenario(), own.subject(), own.unit())
                .flatMap(ours -> second.find(beside.group(), beside.scenario(), beside.subject(), beside.unit())
                        .map(theirs -> ours.median() / theirs.median()));
        System.out.printf(
                Locale.ROOT,
                "%-50s %-24s %-6s %8.3f %8s%n",
                own.group() + " " + own.scenario() + ", " + own.subject(),
                beside.subject(),
                own.unit(),
                own.median() / beside.median(),
                again.map(ratio -> String.format(Locale.ROOT, "%.3f", ratio)).orElse("-"));
    }
}
