package dev.settle.cluster;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import java.util.Optional;
import java.util.OptionalLong;
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

    /** That of the innermost {@code @Exclusive(scope = CLUSTER)} around; empty also while the engine is away and calls go on. */
    static Optional<ClusterLease> find() {
        @Nullable LeaseSignal[] found = new LeaseSignal[1];
        if (AbortSignal.current() instanceof AbortSource source) {
            source.isWithin(above -> {
                if (above instanceof LeaseSignal signal && signal.token().isPresent()) {
                    found[0] = signal;
                    return true;
                }
                return false;
            });
        }
        return Optional.ofNullable(found[0]);
    }

    /** Grows from one owner to the next, for as long as the engine keeps its data. */
    default long fencingToken() {
        return token().orElseThrow(() -> new IllegalStateException("The engine gives no fencing tokens"));
    }

    /** The fencing token, if the engine gives any. */
    OptionalLong token();
}
