package dev.settle.abort;

import org.jspecify.annotations.Nullable;

/** A source with a deadline of its own, if any. */
class TimedSource extends AbortSource {

    private final @Nullable Deadline deadline;

    TimedSource(@Nullable Deadline deadline) {
        this.deadline = deadline;
    }

    @Override
    @Nullable
    final Deadline deadline() {
        return this.deadline;
    }
}
