package dev.settle.cluster;

import dev.settle.core.Call;
import dev.settle.core.CallKey;
import dev.settle.core.ClusterLimit;
import dev.settle.core.Next;
import dev.settle.core.TunableStep;
import dev.settle.queue.KeyedStates;
import dev.settle.queue.PermitLine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A policy whose limit holds for all instances: first comes the line of this instance, and whoever is at its head asks the
 * engine. What the local policy allows is never less than what the cluster's does, so it is in nobody's way.
 */
final class ClusteredStep<S> implements TunableStep<S> {

    private final TunableStep<S> local;
    private final Function<? super S, ClusterLimit> limits;
    private final Cluster cluster;
    private final String name;

    /** One of this instance asks at a time, for each key. */
    private final KeyedStates<PermitLine> askers = new KeyedStates<>(Integer.MAX_VALUE, () -> new PermitLine(1));

    private volatile ClusterLimit limit;

    ClusteredStep(
            TunableStep<S> local, S settings, Function<? super S, ClusterLimit> limits, Cluster cluster, String name) {
        this.local = local;
        this.limits = limits;
        this.cluster = cluster;
        this.name = name;
        this.limit = limits.apply(settings);
    }

    @Override
    public void tune(S settings) {
        this.limit = this.limits.apply(settings);
        this.local.tune(settings);
    }

    @Override
    public void switchedOff() {
        this.local.switchedOff();
    }

    @Override
    public CompletableFuture<@Nullable Object> apply(Call call, Next next) {
        ClusterLimit now = this.limit;
        long came = this.cluster.time().nanoTime();
        return this.local.apply(call, inside -> start(now, came, inside, next));
    }

    private CompletableFuture<@Nullable Object> start(ClusterLimit now, long came, Call call, Next next) {
        try {
            return new ClusterRun(this, now, came, call, next).start();
        } catch (Throwable ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    /** The keys of a call as the engine knows them, in the one order in which all instances take them. */
    List<EngineKey> keysOf(Call call, ClusterLimit now) {
        CallKey key = now.keys().key();
        String common = this.cluster.settings().prefix() + ":" + now.policy() + ":" + this.name;
        if (key == null) {
            return List.of(new EngineKey(common, null));
        }
        Set<Object> keys = (now.kind() == ClusterLimit.Kind.LOCK) ? key.all(call) : Set.of(key.one(call));
        return keys.stream()
                .map(each -> new EngineKey(common + ":" + KeyText.of(each, call), each))
                .sorted()
                .toList();
    }

    Cluster cluster() {
        return this.cluster;
    }

    KeyedStates<PermitLine> askers() {
        return this.askers;
    }

    @Override
    public Map<String, Long> state() {
        return this.local.state();
    }

    @Override
    public String toString() {
        return this.local + " in the cluster";
    }
}
