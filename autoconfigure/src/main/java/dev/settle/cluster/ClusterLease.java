package dev.settle.cluster;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the call that is going on has of the cluster. The token belongs into each write to a store that can refuse an older
 * one: a pause of the process may be longer than its lease, and nobody else can tell.
 *
 * <pre class="code">
 * long token = ClusterLease.current().fencingToken();
 * jdbc.update("update stock set level = ?, token = ? where id = ? and token &lt;= ?", level, token, id, token);
 * </pre>
 */
public interface ClusterLease {

    /**
     * That of the innermost {@code @Exclusive(scope = CLUSTER)} around.
     *
     * @throws IllegalStateException when there is none
     */
    static ClusterLease current() {
        return find().orElseThrow(() -> new IllegalStateException(
                "There is no cluster lease here: neither is this inside a call of an @Exclusive method with scope CLUSTER, nor"
                        + " has the current AbortSignal been carried to this thread"));
    }

    /**
     * That of the innermost {@code @Exclusive(scope = CLUSTER)} around; empty when there is none, and while the engine is away
     * and calls go on without it.
     */
    static Optional<ClusterLease> find() {
        @Nullable LeaseSignal[] found = new LeaseSignal[1];
        if (AbortSignal.current() instanceof AbortSource source) {
            source.isWithin(above -> {
                if (above instanceof LeaseSignal signal && signal.locks()) {
                    // Never that of another lock further out: its tokens mean nothing to what this one is for.
                    found[0] = signal.hasTokens() ? signal : null;
                    return true;
                }
                return false;
            });
        }
        return Optional.ofNullable(found[0]);
    }

    /**
     * Grows from one owner of the lock to the next, for as long as the engine keeps its data.
     *
     * @throws IllegalStateException when the call has locks for several keys: each has a token of its own
     */
    long fencingToken();

    /**
     * That of one of the call's keys.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    long fencingToken(Object key);
}
