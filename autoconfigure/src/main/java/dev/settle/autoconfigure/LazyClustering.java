package dev.settle.autoconfigure;

import dev.settle.cluster.Cluster;
import dev.settle.core.ClusterLimit;
import dev.settle.core.Clustering;
import dev.settle.core.PolicyContext;
import dev.settle.core.TunableStep;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;

/** The cluster, looked for when the first method asks for it: an application without such methods never makes it. */
record LazyClustering(ObjectProvider<Cluster> cluster) implements Clustering {

    @Override
    public <S> TunableStep<S> around(
            TunableStep<S> local, S settings, Function<? super S, ClusterLimit> limits, PolicyContext context) {
        Clustering found = this.cluster.getIfAvailable();
        return (found == null ? Clustering.none() : found).around(local, settings, limits, context);
    }
}
