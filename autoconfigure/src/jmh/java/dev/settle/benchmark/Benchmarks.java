package dev.settle.benchmark;

import dev.settle.benchmark.growth.GrowthGroup;
import dev.settle.benchmark.interception.InterceptionGroup;
import dev.settle.benchmark.limiter.LimiterGroup;
import dev.settle.benchmark.permit.PermitGroup;
import dev.settle.benchmark.shutdown.ShutdownGroup;
import dev.settle.benchmark.soak.SoakGroup;
import dev.settle.benchmark.startup.StartupGroup;
import dev.settle.benchmark.storm.StormGroup;
import dev.settle.benchmark.timer.TimerGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measures what it is asked for: {@code full}, {@code quick}, {@code soak}, letters of groups, or {@code compare}. */
public final class Benchmarks {

    /** All there are, in the order of the report. */
    private static final List<Group> GROUPS = List.of(
            new InterceptionGroup(),
            new TimerGroup(),
            new PermitGroup(),
            new LimiterGroup(),
            new StartupGroup(),
            new StormGroup(),
            new ShutdownGroup(),
            new GrowthGroup(),
            new SoakGroup());

    private Benchmarks() {}

    /** Runs. Ends with 1 when a quick run finds that a call allocates more than it may. */
    public static void main(String[] arguments) throws Exception {
        String wanted = (arguments.length == 0) ? "full" : arguments[0];
        if (wanted.equals("compare")) {
            RawResults.compare(raw("before"), raw("full"));
            return;
        }
        Machine.look();
        Effort effort = wanted.equals("quick") ? Effort.QUICK : Effort.FULL;
        long start = System.nanoTime();
        List<Figure> figures = measure(wanted, effort);
        Run run = new Run(figures, (System.nanoTime() - start) / 1_000_000_000L);
        keep(run, wanted);
        // Timers and pools of peers may have threads that do not end.
        System.exit(effort == Effort.QUICK && !QuickCheck.passes(run) ? 1 : 0);
    }

    private static void keep(Run run, String wanted) throws IOException {
        run.figures().forEach(figure -> System.out.println(Tables.line(figure)));
        boolean full = wanted.equals("full");
        if (full && Files.exists(raw("full"))) {
            Files.move(raw("full"), raw("before"), StandardCopyOption.REPLACE_EXISTING);
        }
        RawResults.write(run, raw(full || wanted.equals("quick") ? wanted : "part"));
        if (full) {
            Report.write(run, Path.of(System.getProperty("benchmarks.root")).resolve("docs/performance.md"));
        }
    }

    private static List<Figure> measure(String wanted, Effort effort) throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (Group group : chosen(wanted)) {
            long start = System.nanoTime();
            figures.addAll(group.measure(effort));
            System.out.printf(
                    Locale.ROOT,
                    "=== group %s took %d s%n",
                    group.letter(),
                    (System.nanoTime() - start) / 1_000_000_000L);
        }
        return figures;
    }

    private static List<Group> chosen(String wanted) {
        List<Group> chosen = switch (wanted) {
            case "full" -> GROUPS.stream().filter(Group::inFull).toList();
            case "quick" -> GROUPS.stream().filter(Group::inQuick).toList();
            default -> {
                List<String> letters = Arrays.asList(wanted.split(","));
                yield GROUPS.stream()
                        .filter(group -> letters.contains(group.letter()))
                        .toList();
            }
        };
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("There is no group '" + wanted + "'; there are full, quick and "
                    + GROUPS.stream().map(Group::letter).toList());
        }
        return chosen;
    }

    static List<Group> groups() {
        return GROUPS;
    }

    private static Path raw(String name) {
        return Path.of(System.getProperty("benchmarks.target"), "benchmarks-" + name + ".json");
    }
}
