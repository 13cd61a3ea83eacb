package dev.settle.metrics;

import dev.settle.cluster.Cluster;
import dev.settle.core.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** Measures how it goes with the engine that instances share. */
public final class ClusterMeters {

    private ClusterMeters() {}

    /** Begins to measure, once. What the registry throws costs these meters, and no start. */
    public static void bindTo(MeterRegistry registry, Cluster cluster) {
        MeterMaker maker = new MeterMaker(registry, Tags.empty());
        try {
            maker.gauge(SettleMeters.CLUSTER_AWAY, Tags.empty(), () -> cluster.away() ? 1 : 0);
            maker.gauge(SettleMeters.CLUSTER_LEASES, Tags.empty(), cluster::leases);
            maker.counter(SettleMeters.CLUSTER_LOST, Tags.empty(), cluster, Cluster::lost);
            maker.counter(SettleMeters.CLUSTER_FAILURES, Tags.empty(), cluster, Cluster::failures);
        } catch (RuntimeException ex) {
            Failures.log(ClusterMeters.class, "The meters of the cluster cannot be made", ex);
        }
    }
}
