package dev.settle.flow;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.core.AsyncCall;
import java.util.concurrent.CompletableFuture;

/** What the model checker tries: a group with one place, whose body has ended, or a broken copy of one. */
interface Children {

    CompletableFuture<?> fork(AsyncCall<String> child);

    void abort();

    boolean ended();

    /** The body forks the first child, so that the group goes on. */
    static Children real(AsyncCall<String> first) {
        AbortSource around = new AbortSource();
        TaskGroup[] inside = new TaskGroup[1];
        AbortSignal outer = CurrentSignal.swap(around);
        CompletableFuture<String> group = TaskGroup.atMost(1).run(tasks -> {
            inside[0] = tasks;
            tasks.fork(first);
            return CompletableFuture.completedFuture("body");
        });
        CurrentSignal.swap(outer);
        return new Children() {
            @Override
            public CompletableFuture<?> fork(AsyncCall<String> child) {
                return inside[0].fork(child);
            }

            @Override
            public void abort() {
                around.abort(new AbortReason(AbortReason.Kind.APPLICATION, "enough", null));
            }

            @Override
            public boolean ended() {
                return group.isDone();
            }
        };
    }
}
