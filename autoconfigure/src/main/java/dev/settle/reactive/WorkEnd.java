package dev.settle.reactive;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The end of an attempt's work where that is not the end of its publisher: a coroutine that was cancelled still runs its
 * {@code finally} blocks. It is in Reactor's context of the attempt, for whoever starts such work.
 */
public final class WorkEnd {

    private static final String KEY = "dev.settle.work-end";

    private volatile @Nullable CompletionStage<?> end;

    WorkEnd() {}

    /** The attempt's work ends when this stage does. Outside an attempt it is nobody's. */
    public static void is(CompletionStage<?> end, ContextView context) {
        WorkEnd attempt = context.getOrDefault(KEY, null);
        if (attempt != null) {
            attempt.end = end;
        }
    }

    Context in(Context attempt) {
        return attempt.put(KEY, this);
    }

    /** Runs the task when work that has been cancelled is over: at once, unless somebody has said when. */
    void afterCancel(Runnable task) {
        CompletionStage<?> last = this.end;
        if (last == null) {
            task.run();
        } else {
            last.whenComplete((value, failure) -> task.run());
        }
    }
}
