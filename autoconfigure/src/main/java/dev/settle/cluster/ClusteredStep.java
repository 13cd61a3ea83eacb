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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A policy whose limit holds for all instances: first comes the lock, or the permits, of this instance, and whoever has one asks
 * the engine. As many calls pass by them as may run in all instances, so they are in nobody's way. A rate of this instance would
 * be: it would count starts that the engine refuses. It comes only to calls that go on without the engine.
 */
final class ClusteredStep<S> implements TunableStep<S> {

    private final TunableStep<S> local;
    private final Function<? super S, ClusterLimit> limits;
    private final Cluster cluster;

    /** What all keys of the method begin with in the engine, and the only one where there are no keys. */
    private final String common;

    private final List<EngineKey> unkeyed;

    /** One of this instance asks at a time, for each key. */
    private final KeyedStates<PermitLine> askers;

    private volatile ClusterLimit limit;

    ClusteredStep(
            TunableStep<S> local, S settings, Function<? super S, ClusterLimit> limits, Cluster cluster, String name) {
        this.local = local;
        this.limits = limits;
        this.cluster = cluster;
        this.limit = limits.apply(settings);
        this.common = cluster.settings().prefix() + ":" + this.limit.policy() + ":" + KeyText.escaped(name);
        this.unkeyed = List.of(new EngineKey(this.common, null));
        this.askers = new KeyedStates<>(this.limit.keys().maxKeys(), () -> new PermitLine(1));
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
        return (now.kind() == ClusterLimit.Kind.RATE)
                ? start(now, came, call, next)
                : this.local.apply(call, inside -> start(now, came, inside, next));
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
        if (key == null) {
            return this.unkeyed;
        }
        Set<Object> keys = (now.kind() == ClusterLimit.Kind.LOCK) ? key.all(call) : Set.of(key.one(call));
        // Some that differ here are one for the engine: whoever asked for that twice would wait for itself.
        Map<String, EngineKey> byText = new TreeMap<>();
        for (Object each : keys) {
            String text = this.common + ":" + KeyText.of(each, call.name());
            byText.putIfAbsent(text, new EngineKey(text, each));
        }
        return List.copyOf(byText.values());
    }

    /** What limits a call that goes on without the engine. */
    Next alone(ClusterLimit now, Next next) {
        return (now.kind() == ClusterLimit.Kind.RATE) ? call -> this.local.apply(call, next) : next;
    }

    Cluster cluster() {
        return this.cluster;
    }

    KeyedStates<PermitLine> askers() {
        return this.askers;
    }

    @Override
    public Map<String, Long> state() {
        Map<String, Long> state = new TreeMap<>(this.local.state());
        state.put("asking", (long) this.askers.size());
        return state;
    }

    @Override
    public String toString() {
        return this.local + " in the cluster";
    }
}
