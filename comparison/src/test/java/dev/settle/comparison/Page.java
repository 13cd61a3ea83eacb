package dev.settle.comparison;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page that shows what was seen. */
final class Page {

    private final StringBuilder text = new StringBuilder();
    private final Map<Scenario, Map<Contender, Observation>> seen;

    private Page(Map<Scenario, Map<Contender, Observation>> seen) {
        this.seen = seen;
    }

    static String of(Map<Scenario, Map<Contender, Observation>> seen) {
        Page page = new Page(seen);
        page.introduction();
        page.table();
        page.details();
        return page.text.toString();
    }

    private void introduction() {
        line("# Comparison");
        line("");
        line("The same scenarios, run against Settle and its peers. This page is written by a command:");
        line("");
        line("```");
        line("mvn -Pcomparison -pl comparison -am test");
        line("```");
        line("");
        line("| library | version | used by |");
        line("|---|---|---|");
        Contender.ALL.forEach(contender ->
                line("| %s | %s | %s |".formatted(contender.name(), contender.version(), contender.how())));
        line("");
        line("On Java " + System.getProperty("java.version") + ", with Reactor on the class path. Each run has a fresh"
                + " instance of the library; waits are bounded, so \"no outcome in 5 s\" is something seen.");
        line("");
        line("- **held**: the run showed the behaviour asked for.");
        line("- **broken**: the run showed another.");
        line("- **not reached**: an earlier failure, shown in another row, kept the run from getting to the point.");
        line("- **–**: not offered. The only verdict that comes from reading the library's documentation and not from a"
                + " run.");
        line("");
        line("The scenarios are Settle's choice: they are about asynchronous calls, their cancellation and their end."
                + " What the peers have and Settle has not, circuit breakers above all, is not asked here.");
        line("");
    }

    private void table() {
        line("| # | behaviour | " + names(Contender.ALL) + " |");
        line("|---|---|" + "---|".repeat(Contender.ALL.size()));
        int number = 0;
        for (Map.Entry<Scenario, Map<Contender, Observation>> row : this.seen.entrySet()) {
            number++;
            line("| [%d](#%d) | %s | %s |"
                    .formatted(
                            number,
                            number,
                            row.getKey().name(),
                            row.getValue().values().stream()
                                    .map(observation -> observation.verdict().shown())
                                    .collect(Collectors.joining(" | "))));
        }
        line("| | **held, of those run** | "
                + Contender.ALL.stream().map(this::score).collect(Collectors.joining(" | ")) + " |");
        line("");
    }

    private String score(Contender contender) {
        List<Verdict> verdicts = this.seen.values().stream()
                .map(row -> row.get(contender).verdict())
                .toList();
        long held = verdicts.stream().filter(Verdict.HELD::equals).count();
        long offered = verdicts.stream()
                .filter(verdict -> verdict != Verdict.NOT_OFFERED)
                .count();
        return held + " of " + offered;
    }

    private void details() {
        line("## What was seen");
        int number = 0;
        for (Map.Entry<Scenario, Map<Contender, Observation>> row : this.seen.entrySet()) {
            number++;
            line("");
            line("### <a id=\"%d\"></a>%d. %s"
                    .formatted(number, number, row.getKey().name()));
            line("");
            line(row.getKey().correct());
            line("");
            row.getValue()
                    .forEach((contender, observation) -> line("- %s, %s: %s"
                            .formatted(contender.name(), word(observation.verdict()), sentence(observation.fact()))));
        }
    }

    private static String word(Verdict verdict) {
        return (verdict == Verdict.NOT_OFFERED) ? "not offered" : verdict.shown();
    }

    private static String sentence(String fact) {
        return fact.endsWith(".") ? fact : fact + ".";
    }

    private static String names(List<Contender> contenders) {
        return contenders.stream().map(Contender::name).collect(Collectors.joining(" | "));
    }

    private void line(String line) {
        this.text.append(line).append('\n');
    }
}
