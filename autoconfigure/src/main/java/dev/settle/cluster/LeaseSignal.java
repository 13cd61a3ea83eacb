package dev.settle.cluster;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.ChildSource;
import java.util.OptionalLong;

/** The signal of what runs with leases: it aborts when one of them is lost. */
final class LeaseSignal extends ChildSource implements ClusterLease {

    private final OptionalLong token;

    LeaseSignal(AbortSignal parent, OptionalLong token) {
        super(parent);
        this.token = token;
    }

    @Override
    public OptionalLong token() {
        return this.token;
    }
}
