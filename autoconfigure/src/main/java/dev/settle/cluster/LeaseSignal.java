package dev.settle.cluster;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.ChildSource;
import dev.settle.core.ClusterLimit.Kind;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** The signal of what runs with leases: it aborts when one of them is lost. */
final class LeaseSignal extends ChildSource implements ClusterLease {

    private final Kind kind;
    private final List<EngineKey> keys;

    /** Those of the keys; fewer when the engine is away and the call goes on all the same. */
    private final List<OptionalLong> tokens;

    LeaseSignal(AbortSignal parent, Kind kind, List<EngineKey> keys, List<OptionalLong> tokens) {
        super(parent);
        this.kind = kind;
        this.keys = keys;
        this.tokens = tokens;
    }

    /** Whether this is of a lock, which others are inside of. */
    boolean locks() {
        return this.kind == Kind.LOCK;
    }

    boolean locks(EngineKey key) {
        return locks() && this.keys.stream().anyMatch(own -> own.text().equals(key.text()));
    }

    boolean hasTokens() {
        return this.tokens.stream().anyMatch(OptionalLong::isPresent);
    }

    @Override
    public long fencingToken() {
        if (this.keys.size() > 1) {
            throw new IllegalStateException("Each of the " + this.keys.size()
                    + " keys of this call has a token of its own: use fencingToken(key)");
        }
        return token(0);
    }

    @Override
    public long fencingToken(Object key) {
        for (int i = 0; i < this.keys.size(); i++) {
            if (Objects.equals(this.keys.get(i).shown(), key)) {
                return token(i);
            }
        }
        throw new IllegalArgumentException("This call has no lock for the key " + key);
    }

    private long token(int number) {
        return this.tokens
                .get(number)
                .orElseThrow(() -> new IllegalStateException("The engine has given no fencing token"));
    }
}
