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
