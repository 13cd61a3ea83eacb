package dev.settle.docs;

import dev.settle.abort.AbortEvent;
import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.AbortPhase;
import dev.settle.annotation.OnAbort;
import dev.settle.lifecycle.AbortPhases;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.springframework.context.Phased;

/** The code of docs/abort.md. */
class AbortExamples {

    interface Queue {
        CompletionStage<?> stopConsuming();
    }

    static class Orders {

        Orders(@AbortPhase(AbortPhases.BEFORE_WEB_DRAIN) AbortGroup intake, Queue queue) {
            intake.onAbort("order intake", event -> queue.stopConsuming());
        }
    }

    static class Outbox implements Phased {

        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        @OnAbort(timeout = "5s")
        CompletionStage<String> flush(AbortEvent event) {
            return write(this.lines, event.remaining()).thenApply(count -> "flushed " + count + " lines");
        }

        CompletionStage<Integer> write(Collection<String> lines, Duration within) {
            return CompletableFuture.completedFuture(lines.size());
        }

        @Override
        public int getPhase() {
            return 100;
        }
    }

    static AbortReport plain(AutoCloseable database, AutoCloseable cache) {
        AsyncAbortController controller = AsyncAbortController.create();
        controller.onAbort("stop taking orders", event -> null);
        AbortGroup stores = controller.nextGroup("stores");
        stores.closeOnAbort("database", database);
        stores.closeOnAbort("cache", cache);

        return controller
                .abortAsync(AbortReason.application("no longer needed"), Duration.ofSeconds(5))
                .join()
                .orThrow();
    }

    static CompletableFuture<Integer> tracked(AbortGroup group, List<String> mails, Executor executor) {
        return group.track(
                "newsletter",
                signal -> CompletableFuture.supplyAsync(
                        () -> {
                            int sent = 0;
                            for (String mail : mails) {
                                if (signal.aborted()) {
                                    break;
                                }
                                sent++;
                            }
                            return sent;
                        },
                        executor));
    }

    static AbortSignal either(AbortSignal user) {
        return AbortSignal.any(user, AbortSignal.timeout(Duration.ofSeconds(30)));
    }
}
