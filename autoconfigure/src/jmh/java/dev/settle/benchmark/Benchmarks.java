package dev.settle.benchmark;

import dev.settle.benchmark.cluster.ClusterGroup;
import dev.settle.benchmark.growth.GrowthGroup;
import dev.settle.benchmark.interception.InterceptionGroup;
import dev.settle.benchmark.limiter.LimiterGroup;
import dev.settle.benchmark.live.LiveGroup;
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

/**
 * Measures what it is asked for: {@code full}, {@code quick}, {@code soak} or letters of groups. Or takes what has been measured:
 * {@code compare} lays the last two full runs beside each other, {@code report} writes the last one's page again.
 */
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
            new ClusterGroup(),
            new GrowthGroup(),
            new LiveGroup(),
            new SoakGroup());

    private Benchmarks() {}

    /** Runs. Ends with 1 when a group failed, or when a quick run finds that a call allocates more than it may. */
    public static void main(String[] arguments) throws Exception {
        String wanted = (arguments.length == 0) ? "full" : arguments[0];
        switch (wanted) {
            case "compare" -> RawResults.compare(raw("before"), raw("full"));
            case "report" -> report(RawResults.read(raw("full")));
            // Timers and pools of peers may have threads that do not end.
            default -> System.exit(measured(wanted) ? 0 : 1);
        }
    }

    private static boolean measured(String wanted) throws IOException {
        Machine.look();
        Effort effort = wanted.equals("quick") ? Effort.QUICK : Effort.FULL;
        long start = System.nanoTime();
        List<Figure> figures = new ArrayList<>();
        boolean complete = true;
        for (Group group : chosen(wanted)) {
            complete &= measured(group, effort, figures);
        }
        Run run = new Run(figures, secondsSince(start));
        keep(run, wanted);
        return complete && (effort != Effort.QUICK || QuickCheck.passes(run));
    }

    /** A group that fails does not take the figures of the others with it. */
    private static boolean measured(Group group, Effort effort, List<Figure> figures) {
        long start = System.nanoTime();
        try {
            figures.addAll(group.measure(effort));
            System.out.printf(Locale.ROOT, "=== group %s took %d s%n", group.letter(), secondsSince(start));
            return true;
        } catch (Exception failure) {
            System.out.println("=== group " + group.letter() + " FAILED");
            failure.printStackTrace();
            return false;
        }
    }

    private static long secondsSince(long start) {
        return (System.nanoTime() - start) / 1_000_000_000L;
    }

    private static void keep(Run run, String wanted) throws IOException {
        run.figures().forEach(figure -> System.out.println(Tables.line(figure)));
        boolean full = wanted.equals("full");
        if (full && Files.exists(raw("full"))) {
            Files.move(raw("full"), raw("before"), StandardCopyOption.REPLACE_EXISTING);
        }
        RawResults.write(run, raw(full || wanted.equals("quick") ? wanted : "part"));
        if (full) {
            report(run);
        }
    }

    private static void report(Run run) throws IOException {
        Run before = Files.exists(raw("before")) ? RawResults.read(raw("before")) : new Run(List.of(), 0);
        Report.write(run, before, Path.of(System.getProperty("benchmarks.root")).resolve("docs/performance.md"));
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
