package dev.settle.context;

import dev.settle.core.CallContext;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

/** Captures every thread-local that is registered with Micrometer's context propagation. */
public final class SnapshotContext implements CallContext {

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

    private static Captured captured(ContextSnapshot snapshot) {
        return task -> {
            try (ContextSnapshot.Scope scope = snapshot.setThreadLocals()) {
                task.run();
            }
        };
    }
}
