package dev.settle.benchmark.limiter;

import dev.settle.benchmark.Effort;
import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Group;
import dev.settle.benchmark.JmhGroup;
import dev.settle.benchmark.JmhGroup.Place;
import dev.settle.benchmark.JmhGroup.Plan;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Group D: limits of a rate. */
public final class LimiterGroup implements Group {

    private static final String LIMITERS = LimiterBenchmark.class.getName();

    @Override
    public String letter() {
        return "D";
    }

    @Override
    public String title() {
        return "Rates: one question, and a million keys";
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
                            new Plan(LIMITERS + ".granted", 1, 3, 2, 500, 1),
                            LimiterGroup::places,
                            "limiter=SETTLE|RESILIENCE4J")
                    .figures();
        }
        group.run(new Plan(LIMITERS, 1, 2, 4, 1000, 1), LimiterGroup::places)
                .run(new Plan(LIMITERS, 1, 2, 4, 1000, 2), LimiterGroup::places);
        List<Figure> figures = new ArrayList<>(group.figures());
        figures.addAll(KeyedRun.measure());
        return figures;
    }

    @Override
    public String notes(List<Figure> figures) {
        return """

                Limits. The goal of 72 bytes a key was one number in a map, which is what a token bucket needs. The default
                `SLIDING` promises that no window of time has more than its limit, and so keeps the times of the last starts:
                40 bytes and 8 for each of them. The rest is 64 for the line of those who wait for this key, 32 for its entry
                while calls use it, 24 for its place among the keys to be forgotten, 32 for the node of the map. The look-up
                is a whole call of a plan, tracked, with its signal and events; that of the peers is a look-up.
                """;
    }

    private static List<Place> places(BenchmarkParams parameters) {
        String method = parameters.getBenchmark().substring(LIMITERS.length() + 1);
        String scenario =
                method + ", " + parameters.getThreads() + (parameters.getThreads() == 1 ? " thread" : " threads");
        return List.of(new Place(
                scenario, Limiters.valueOf(parameters.getParam("limiter")).subject()));
    }
}
