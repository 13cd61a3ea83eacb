package dev.settle.autoconfigure;

import dev.settle.cluster.Cluster;
import dev.settle.core.ClusterLimit;
import dev.settle.core.Clustering;
import dev.settle.core.PolicyContext;
import dev.settle.core.TunableStep;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The cluster, looked for when the first method asks for it: an application without such methods never makes it. It is got ready
 * when all beans are there, because the engine may be one of them, and is got on another thread.
 */
final class LazyClustering implements Clustering, SmartInitializingSingleton {

    private final ObjectProvider<Cluster> clusters;
    private volatile @Nullable Cluster used;
    private volatile boolean started;

    LazyClustering(ObjectProvider<Cluster> clusters) {
        this.clusters = clusters;
    }

    @Override
    public <S> TunableStep<S> around(
            TunableStep<S> local, S settings, Function<? super S, ClusterLimit> limits, PolicyContext context) {
        Cluster cluster = this.clusters.getIfAvailable();
        if (cluster == null) {
            return Clustering.none().around(local, settings, limits, context);
        }
        TunableStep<S> step = cluster.around(local, settings, limits, context);
        this.used = cluster;
        if (this.started) {
            cluster.prepare();
        }
        return step;
    }

    @Override
    public void afterSingletonsInstantiated() {
        this.started = true;
        used().ifPresent(Cluster::prepare);
    }

    /** The cluster, if any method uses it. */
    Optional<Cluster> used() {
        return Optional.ofNullable(this.used);
    }
}
