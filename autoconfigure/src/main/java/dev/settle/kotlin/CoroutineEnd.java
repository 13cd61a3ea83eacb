package dev.settle.kotlin;

import dev.settle.reactive.WorkEnd;
import java.util.concurrent.CompletableFuture;
import kotlin.Unit;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.reactor.ReactorContext;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** A permit is held until the coroutine is over, and that may be long after it was cancelled. */
final class CoroutineEnd {

    private CoroutineEnd() {}

    /** The coroutine of this context is the work of the attempt that is in it, if there is one. */
    static void of(CoroutineContext coroutine) {
        Job job = coroutine.get(Job.Key);
        ReactorContext reactor = coroutine.get(ReactorContext.Key);
        if (job != null && reactor != null) {
            of(job, reactor.getContext());
        }
    }

    static void of(Job job, ContextView attempt) {
        CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
        job.invokeOnCompletion(failure -> {
            end.complete(null);
            return Unit.INSTANCE;
        });
        WorkEnd.is(end, attempt);
    }
}
