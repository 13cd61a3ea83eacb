package dev.settle.kotlin;

import kotlin.Unit;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.Deferred;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** What an attempt gets of the {@code Deferred} that a function returned. */
final class CalledDeferred {

    private CalledDeferred() {}

    static Mono<Object> publisher(Deferred<? extends @Nullable Object> deferred) {
        return Mono.create(sink -> {
            CoroutineEnd.of(deferred, sink.contextView());
            sink.onCancel(() -> deferred.cancel(null));
            deferred.invokeOnCompletion(failure -> settle(sink, deferred));
            deferred.start();
        });
    }

    private static Unit settle(MonoSink<Object> sink, Deferred<? extends @Nullable Object> deferred) {
        Throwable failure = deferred.getCompletionExceptionOrNull();
        if (failure != null) {
            sink.error(failure);
        } else {
            sink.success(deferred.getCompleted());
        }
        return Unit.INSTANCE;
    }

    static Deferred<@Nullable Object> empty() {
        CompletableDeferred<@Nullable Object> empty = CompletableDeferredKt.CompletableDeferred(null);
        empty.complete(null);
        return empty;
    }
}
