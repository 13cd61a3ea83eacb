package dev.settle.benchmark.timer;

import dev.settle.benchmark.Effort;
import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Group;
import dev.settle.benchmark.JmhGroup;
import dev.settle.benchmark.JmhGroup.Place;
import dev.settle.benchmark.JmhGroup.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Group B: timers, and what is built on them. */
public final class TimerGroup implements Group {

    private static final String TIMERS = TimerBenchmark.class.getName();
    private static final String DEBOUNCE = DebounceBenchmark.class.getName();

    @Override
    public String letter() {
        return "B";
    }

    @Override
    public String title() {
        return "Timers: armed for every call, fired hardly ever";
    }

    @Override
    public boolean inQuick() {
        return true;
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        JmhGroup group = new JmhGroup(letter());
        if (effort == Effort.QUICK) {
            return group.run(
                            new Plan(TIMERS, 1, 3, 2, 500, 1),
                            TimerGroup::timer,
                            "timers=SETTLE|EXECUTOR",
                            "outstanding=10000")
                    .figures();
        }
        String timers = "timers="
                + Arrays.stream(Timers.values())
                        .filter(Timers::available)
                        .map(Timers::name)
                        .collect(Collectors.joining("|"));
        group.run(new Plan(TIMERS, 1, 2, 4, 1000, 1), TimerGroup::timer, timers)
                .run(new Plan(TIMERS, 1, 2, 4, 1000, 2), TimerGroup::timer, timers)
                .run(new Plan(DEBOUNCE, 1, 3, 4, 1000, 1), TimerGroup::debounce);
        List<Figure> figures = new ArrayList<>(group.figures());
        figures.addAll(TimerMemory.measure());
        figures.add(Idle.measure(5));
        figures.addAll(Lateness.measure(3));
        return figures;
    }

    @Override
    public String notes(List<Figure> figures) {
        return """

                Limits. A timer that is due when 10,000 others are goes to its worker in a batch, which takes a tick and what
                the batch takes. `ForkJoinPool.schedule` is the JDK's from 25 on: run this with it to compare. The goals for a
                debounced call, 30 ns and nothing allocated, were those of a bare function that is put off and forgotten. A
                call of Settle's is more: 96 bytes for the call, which shutdown knows of and which has its caller's context
                (24), 40 for its share in the run to come, 24 for what it is told, 32 for a caller's future, 24 for the
                argument; as a bean's method another 120 for the proxy, and an event when it waits and one when another takes
                its place. What is kept of it until the run is those 240 bytes, if it has a future; nothing, if it has none.
                """;
    }

    private static List<Place> timer(BenchmarkParams parameters) {
        int outstanding = Integer.parseInt(parameters.getParam("outstanding"));
        Timers timers = Timers.valueOf(parameters.getParam("timers"));
        String scenario =
                String.format(Locale.ROOT, "arm, disarm: %,d armed, %d thr.", outstanding, parameters.getThreads());
        return List.of(new Place(scenario, timers.subject()));
    }

    private static List<Place> debounce(BenchmarkParams parameters) {
        String method = parameters.getBenchmark().substring(DEBOUNCE.length() + 1);
        String subject = switch (method) {
            case "annotated" -> "Settle";
            case "byHand" -> "Settle, Debouncer and a future";
            case "rearmed" -> "ScheduledThreadPoolExecutor";
            default -> "limit: System.nanoTime";
        };
        return List.of(new Place("debounced call in a burst", subject));
    }
}
