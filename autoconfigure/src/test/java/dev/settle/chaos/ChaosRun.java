package dev.settle.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Rounds, one seed after another, for as long as there is time; or the one round that is to be replayed. */
final class ChaosRun {

    private static final int MOST_FAILURES = 3;

    private final String kind;
    private final LongFunction<Round.Report> round;
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<Round.Report> failed = new ArrayList<>();
    private long first;
    private int rounds;
    private long calls;
    private long attempts;

    ChaosRun(String kind, LongFunction<Round.Report> round) {
        this.kind = kind;
        this.round = round;
    }

    /** The seeds whose rounds broke a law. */
    List<Long> run(int seconds) {
        String replay = System.getProperty("chaos.seed", "");
        if (replay.isEmpty()) {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            runFrom(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE), until);
        } else if (replay.startsWith(this.kind + "-")) {
            this.first = Long.parseLong(replay.substring(this.kind.length() + 1));
            one(this.first);
        }
        print();
        return this.failed.stream().map(Round.Report::seed).toList();
    }

    private void runFrom(long seed, long until) {
        this.first = seed;
        for (long next = seed; System.nanoTime() - until < 0 && this.failed.size() < MOST_FAILURES; next++) {
            one(next);
        }
    }

    private void one(long seed) {
        Round.Report report = this.round.apply(seed);
        this.rounds++;
        this.calls += report.calls();
        this.attempts += report.attempts();
        report.outcomes().forEach((kind, number) -> this.outcomes.merge(kind, number, Integer::sum));
        if (!report.findings().isEmpty()) {
            this.failed.add(report);
        }
    }

    private void print() {
        if (this.rounds == 0) {
            return;
        }
        StringBuilder text = new StringBuilder("\nchaos, " + this.kind + ": " + this.rounds + " rounds, " + this.calls
                + " calls, " + this.attempts + " attempts, seeds " + this.first + " to "
                + (this.first + this.rounds - 1) + ", " + this.failed.size() + " with violations\n");
        this.outcomes.forEach((kind, number) -> text.append(String.format("  %,12d  %s%n", number, kind)));
        for (Round.Report report : this.failed) {
            text.append("\nseed ").append(report.seed()).append("; replay it with: mvn -Pchaos verify -Dchaos.seed=");
            text.append(this.kind).append('-').append(report.seed()).append('\n');
            report.findings()
                    .forEach(finding -> text.append("  ").append(finding).append('\n'));
            report.story().forEach(line -> text.append("    ").append(line).append('\n'));
        }
        System.out.println(text);
    }
}
