package dev.settle.context;

import dev.settle.core.CallContext;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

/** Captures every thread-local that is registered with Micrometer's context propagation. */
public final class SnapshotContext implements CallContext {

    /** The key of Micrometer's accessor for the current observation, which need not be there. */
    private static final String OBSERVATION = "micrometer.observation";

    private final ContextSnapshotFactory snapshots;

    /** Creates the carrier. */
    public SnapshotContext(ContextSnapshotFactory snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public Captured capture() {
        return captured(this.snapshots.captureAll());
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
