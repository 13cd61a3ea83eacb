package dev.settle.context;

import dev.settle.core.CallContext;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.ThreadLocalAccessor;
import java.util.function.Predicate;

/** Captures every thread-local that is registered with Micrometer's context propagation. */
public final class SnapshotContext implements CallContext {

    /** The key of Micrometer's accessor for the current observation, which need not be there. */
    private static final String OBSERVATION = "micrometer.observation";

    private final ContextRegistry registry;
    private final ContextSnapshotFactory snapshots;
    private final Captured empty;

    /** Creates the carrier for what is registered there. */
    public SnapshotContext(ContextRegistry registry) {
        this.registry = registry;
        this.snapshots = snapshots(registry, key -> true);
        this.empty = empty(snapshots(registry, key -> false).captureAll());
    }

    /** Cleared: a caller without a value must not see that of the thread on which its call goes on. */
    private static ContextSnapshotFactory snapshots(ContextRegistry registry, Predicate<Object> keys) {
        return ContextSnapshotFactory.builder()
                .contextRegistry(registry)
                .captureKeyPredicate(keys)
                .clearMissing(true)
                .build();
    }

    @Override
    public Captured capture() {
        return hasValue() ? captured(this.snapshots.captureAll()) : this.empty;
    }

    /** Most callers have none, and most calls go on where there is none: then there is nothing to copy and to set. */
    private boolean hasValue() {
        for (ThreadLocalAccessor<?> accessor : this.registry.getThreadLocalAccessors()) {
            if (accessor.getValue() != null) {
                return true;
            }
        }
        return false;
    }

    private Captured empty(ContextSnapshot nothing) {
        Captured cleared = captured(nothing);
        return task -> {
            if (hasValue()) {
                cleared.run(task);
            } else {
                task.run();
            }
        };
    }

    @Override
    public Captured capture(Object carrier) {
        return captured(this.snapshots.captureAll(carrier));
    }

    /** What is observed is all that an attempt changes; anything else the subscriber has put there for itself. */
    @Override
    public <C> C attempt(C carrier) {
        return this.snapshots.captureAll().updateContext(carrier, OBSERVATION::equals);
    }

    private static Captured captured(ContextSnapshot snapshot) {
        return task -> {
            try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                task.run();
            }
        };
    }
}
