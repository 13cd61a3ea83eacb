package dev.settle.chaos;

import java.io.IOException;

/** How the work of the methods ends, when it does not end at once. */
final class Jobs {

    private final World world;

    Jobs(World world) {
        this.world = world;
    }

    /** A method that keeps its thread for a while. */
    void passTime() {
        this.world.advance(this.world.dice().millis(0, 60));
    }

    void settleLater(Job job) {
        Object value = this.world.facts().value();
        Throwable cause = this.world.dice().chance(50) ? this.world.facts().failure(new IOException("late")) : null;
        this.world
                .time()
                .schedule(
                        this.world.dice().millis(0, 150).toNanos(),
                        () -> job.settle(cause == null ? value : null, cause));
    }

    void settle(Job job) {
        if (this.world.dice().chance(60)) {
            job.settle(this.world.facts().value(), null);
        } else {
            job.settle(null, this.world.facts().failure(new IOException("by hand")));
        }
    }

    /** The method calls itself. */
    void nested(Caller parent, Job job) {
        Caller inner = this.world.calling().start(parent.key, parent);
        inner.future.whenComplete((value, failure) ->
                job.settle(value, failure == null ? null : this.world.facts().failure(failure)));
        job.onCancel(() -> inner.future.cancel(true));
    }
}
