package dev.settle.benchmark.cluster;

import dev.settle.benchmark.Effort;
import dev.settle.benchmark.Figure;
import dev.settle.benchmark.Group;
import dev.settle.benchmark.JmhGroup;
import dev.settle.benchmark.JmhGroup.Place;
import dev.settle.benchmark.JmhGroup.Plan;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Group H: a lock that several instances share. */
public final class ClusterGroup implements Group {

    @Override
    public String letter() {
        return "H";
    }

    @Override
    public String title() {
        return "Cluster: a lock without a rival, on a server of the same machine";
    }

    @Override
    public List<Figure> measure(Effort effort) throws Exception {
        return new JmhGroup(letter())
                .run(new Plan(ClusterBenchmark.class.getName(), 4, 3, 4, 1000, 1), ClusterGroup::places)
                .figures();
    }

    private static List<Place> places(BenchmarkParams parameters) {
        return List.of(new Place(
                "lock and unlock",
                Subject.valueOf(parameters.getParam("subject")).subject()));
    }
}
