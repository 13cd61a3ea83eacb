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

    private static List<Place> places(BenchmarkParams parameters) {
        String method = parameters.getBenchmark().substring(LIMITERS.length() + 1);
        String scenario =
                method + ", " + parameters.getThreads() + (parameters.getThreads() == 1 ? " thread" : " threads");
        return List.of(new Place(
                scenario, Limiters.valueOf(parameters.getParam("limiter")).subject()));
    }
}
