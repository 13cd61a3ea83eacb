package dev.settle.benchmark.permit;

import dev.settle.benchmark.Effort;
import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Group;
import dev.settle.benchmark.JmhGroup;
import dev.settle.benchmark.JmhGroup.Place;
import dev.settle.benchmark.JmhGroup.Plan;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Group C: permits. */
public final class PermitGroup implements Group {

    private static final String PERMITS = PermitBenchmark.class.getName();

    @Override
    public String letter() {
        return "C";
    }

    @Override
    public String title() {
        return "Permits: taken and given back, and waited for";
    }

    @Override
    public boolean inQuick() {
        return true;
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        JmhGroup group = new JmhGroup(letter());
        if (effort == Effort.QUICK) {
            return group.run(new Plan(PERMITS, 1, 3, 2, 500, 1), PermitGroup::places, "kind=SETTLE|JDK", "permits=64")
                    .figures();
        }
        group.run(new Plan(PERMITS, 1, 2, 4, 1000, 1), PermitGroup::places, "permits=64")
                .run(new Plan(PERMITS, 1, 2, 4, 1000, 2), PermitGroup::places);
        List<Figure> figures = new ArrayList<>(group.figures());
        figures.addAll(WaiterRun.measure(3));
        return figures;
    }

    private static List<Place> places(BenchmarkParams parameters) {
        String permits = parameters.getParam("permits");
        String scenario = parameters.getThreads() == 1
                ? "1 thread"
                : parameters.getThreads() + " threads, " + permits + (permits.equals("1") ? " permit" : " permits");
        return List.of(
                new Place(scenario, Permits.valueOf(parameters.getParam("kind")).subject()));
    }
}
