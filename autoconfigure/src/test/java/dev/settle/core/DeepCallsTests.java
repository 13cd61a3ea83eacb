package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import dev.settle.flow.TaskGroup;
import dev.settle.policy.bulkhead.AsyncSemaphore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls that are deep inside each other, on threads with a small stack. */
class DeepCallsTests {

    private static final int DEPTH = 2000;
    private static final long SMALL = 256 * 1024;

    private final CompletableFuture<String> innermost = new CompletableFuture<>();

    private static void onASmallStack(Runnable task) throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        task.run();
                        done.complete("done");
                    } catch (Throwable ex) {
                        done.completeExceptionally(ex);
                    }
                },
                "small",
                SMALL);
        thread.start();
        Results.await(done);
    }

    /** Each begins when something inside the one around it is done, so that it is no deeper on the stack. */
    private CompletableFuture<String> nested(
            AsyncSemaphore semaphore, List<CompletableFuture<String>> steps, int depth) {
        if (depth == 0) {
            return this.innermost;
        }
        CompletableFuture<String> step = new CompletableFuture<>();
        steps.add(step);
        return semaphore.call(() -> step.thenCompose(go -> nested(semaphore, steps, depth - 1)));
    }

    @Test
    void theEndOfTheInnermostIsThatOfAll() throws Exception {
        AsyncSemaphore semaphore = AsyncSemaphore.of(DEPTH);
        List<CompletableFuture<String>> steps = new ArrayList<>();
        CompletableFuture<String> all = nested(semaphore, steps, DEPTH);
        for (int i = 0; i < DEPTH; i++) {
            steps.get(i).complete("go");
        }

        onASmallStack(() -> this.innermost.complete("done"));

        assertThat(Results.await(all)).isEqualTo("done");
        Results.until(() -> semaphore.free() == DEPTH);
    }

    private CompletableFuture<String> group(List<CompletableFuture<String>> steps, int depth) {
        if (depth == 0) {
            return this.innermost;
        }
        CompletableFuture<String> step = new CompletableFuture<>();
        steps.add(step);
        return TaskGroup.run(group -> group.fork(() -> step.thenCompose(go -> group(steps, depth - 1))));
    }

    @Test
    void theEndOfTheInnermostGroupIsThatOfAll() throws Exception {
        List<CompletableFuture<String>> steps = new ArrayList<>();
        CompletableFuture<String> all = group(steps, DEPTH);
        for (int i = 0; i < DEPTH; i++) {
            steps.get(i).complete("go");
        }

        onASmallStack(() -> this.innermost.completeExceptionally(new IllegalStateException("broken")));

        assertThat(Results.awaitFailure(all))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    @Test
    void theInnermostIsToldWhenTheOutermostIsCancelled() throws Exception {
        AsyncSemaphore semaphore = AsyncSemaphore.of(5 * DEPTH);
        AbortSignal[] inside = {AbortSignal.current()};
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 5 * DEPTH; i++) {
            AbortSignal before = CurrentSignal.swap(inside[0]);
            calls.add(semaphore.call(() -> {
                inside[0] = AbortSignal.current();
                return new CompletableFuture<String>();
            }));
            CurrentSignal.swap(before);
        }

        onASmallStack(() -> calls.get(0).cancel(true));

        assertThat(inside[0].aborted()).isTrue();
        Results.until(() -> calls.stream().allMatch(CompletableFuture::isDone));
        Results.until(() -> semaphore.free() == 5 * DEPTH);
    }
}
