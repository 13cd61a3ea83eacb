package dev.settle.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;

/** Writes {@code docs/performance.md}. */
final class Report {

    private static final String INTRODUCTION = """
            # Performance

            Written by a run; do not edit. The command, from the root of the repository, and what it took:

            ```shell
            mvn -Pbenchmarks -pl autoconfigure verify    # %d minutes
            ```

            Settle and its peers are measured in the same run, each in JVMs of its own, where one method has nothing to do and
            all goes well. Settle has what every application has: its auto-configuration, its events, and every call is
            tracked. "+ Micrometer" adds meters and observations. Times are medians; the spread is from the least to the
            greatest sample. A `limit` is what nobody can be faster than: the part that all have to do. Bytes hardly vary;
            times do, on a machine that is not left alone: trust ratios above 1.3. How well ratios are
            reproduced is seen from the run before, in the table of goals; of all figures, by comparing the last two runs:

            ```shell
            mvn -Pbenchmarks -pl autoconfigure verify -Dbenchmarks=compare
            ```

            """;

    private Report() {}

    /**
     * Writes it.
     *
     * @param before an earlier run, which shows how well figures are reproduced; without figures when there was none
     */
    static void write(Run run, Run before, Path page) throws IOException {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, INTRODUCTION, Math.max(1, Math.round(run.seconds() / 60.0))));
        text.append("| | |\n|---|---|\n");
        Machine.facts().forEach((name, fact) -> text.append(row(name, fact)));
        goals(run, before, text);
        for (Group group : Benchmarks.groups()) {
            if (!run.of(group.letter()).isEmpty()) {
                text.append("\n## ")
                        .append(group.letter())
                        .append(". ")
                        .append(group.title())
                        .append("\n\n");
                text.append(GroupTable.of(run, group.letter()));
                text.append(group.notes(run.of(group.letter())));
            }
        }
        Files.writeString(page, text);
        System.out.println("Written: " + page.getFileName());
    }

    private static void goals(Run run, Run before, StringBuilder text) {
        text.append("\n## Goals\n\n").append(row("", "goal", "goal is", "measured", "the run before", "reached"));
        text.append("|---|---|---:|---:|---:|---|\n");
        for (Goal goal : Goals.ALL) {
            OptionalDouble value = goal.value(run);
            text.append(row(
                    goal.group(),
                    goal.text(),
                    (goal.atLeast() ? "at least " : "at most ") + Tables.number(goal.bound()),
                    cell(value),
                    cell(goal.value(before)),
                    value.isEmpty() ? "" : goal.reached(value.getAsDouble()) ? "yes" : "**no**"));
        }
    }

    private static String cell(OptionalDouble value) {
        return value.isPresent() ? Tables.number(value.getAsDouble()) : "not measured";
    }

    static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
