package dev.settle.abort;

import dev.settle.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A source inside another signal, with a limit of its own: its deadline is the nearer of the two, worked out for those who
 * ask. A timer for the limit is the business of the one who makes it.
 */
public class LimitedSource extends ChildSource {

    private final TimeSource time;
    private final long at;

    /** The limit begins now. */
    protected LimitedSource(AbortSignal parent, TimeSource time, long limitNanos) {
        super(parent);
        this.time = time;
        this.at = Deadline.at(time, limitNanos);
    }

    @Override
    @Nullable
    final Deadline deadline() {
        return Deadline.nearer(super.deadline(), new Deadline(this.time, this.at));
    }

    /** The clock. */
    public final TimeSource time() {
        return this.time;
    }

    /** When the limit is reached, on its clock. */
    public final long at() {
        return this.at;
    }
}
