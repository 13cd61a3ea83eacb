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

    @Override
    public String notes(List<Figure> figures) {
        return """

                Limits. A permit is one compare-and-set to take and one to give back, as in `java.util.concurrent.Semaphore`:
                nobody who does both can be 0.75 of it, and Resilience4j's is that semaphore. One that waits in the bare line
                holds 32 bytes; the semaphore adds the future that it hands out (48), and the benchmark hangs a callback on
                that, which is the JDK's (80). The 100 ns were those of the bare line; the rest is that a permit is decided
                between grant, cancel, timeout and close, and told to somebody else's code.
                """;
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
