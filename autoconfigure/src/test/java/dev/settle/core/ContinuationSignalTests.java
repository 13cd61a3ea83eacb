package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.policy.bulkhead.AsyncSemaphore;
import dev.settle.policy.bulkhead.AsyncSemaphore.Permit;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a caller does next is not part of the work in which its outcome happens to come. */
class ContinuationSignalTests {

    private final PlannedMethod method = PlannedMethod.with();
    private final CompletableFuture<AbortSignal> seen = new CompletableFuture<>();

    private void settledInsideAnotherCall(Runnable settling) throws Exception {
        CompletableFuture<String> other = this.method.start(() -> {
            assertThat(AbortSignal.current()).isNotSameAs(AbortSignal.never());
            settling.run();
            return CompletableFuture.completedFuture("other");
        });
        assertThat(Results.await(other)).isEqualTo("other");
    }

    @Test
    void theContinuationOfACallIsOutsideTheCallThatSettlesIt() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        this.method.start(() -> answer).whenComplete((value, failure) -> this.seen.complete(AbortSignal.current()));

        settledInsideAnotherCall(() -> answer.complete("7.30"));

        assertThat(Results.await(this.seen)).isSameAs(AbortSignal.never());
    }

    @Test
    void theContinuationOfAnAcquisitionIsOutsideTheCallThatMakesRoom() throws Exception {
        AsyncSemaphore semaphore = AsyncSemaphore.of(1);
        Permit held = semaphore.tryAcquire().orElseThrow();
        semaphore.acquire().whenComplete((permit, failure) -> this.seen.complete(AbortSignal.current()));

        settledInsideAnotherCall(held::close);

        assertThat(Results.await(this.seen)).isSameAs(AbortSignal.never());
    }

    @Test
    void theContinuationOfACallInsideAnotherStaysInsideIt() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<AbortSignal> around = new CompletableFuture<>();
        CompletableFuture<String> outer = this.method.start(() -> {
            around.complete(AbortSignal.current());
            return this.method
                    .start(() -> answer)
                    .whenComplete((value, failure) -> this.seen.complete(AbortSignal.current()));
        });

        answer.complete("7.30");

        assertThat(Results.await(outer)).isEqualTo("7.30");
        assertThat(Results.await(this.seen)).isSameAs(Results.await(around));
    }
}
