package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.CallTimeoutException;
import dev.settle.policy.bulkhead.AsyncSemaphore;
import dev.settle.policy.bulkhead.AsyncSemaphore.Permit;
import dev.settle.policy.throttle.ThrottlePolicy;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The turn of a synchronous caller comes, and then its call is over before its thread has looked. */
class LateTurnTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final VirtualTime time = new VirtualTime();
    private final TimeoutPolicy timeout = TimeoutPolicy.of(LIMIT, true, this.time);
    private final AtomicInteger runs = new AtomicInteger();

    /** The caller's thread is held up between going to the line and looking for its outcome. */
    private static StepPolicy heldUp(Runnable meanwhile) {
        return Steps.policy((call, next) -> {
            CompletableFuture<Object> outcome = next.start(call);
            meanwhile.run();
            return outcome;
        });
    }

    @Test
    void thePermitOfALateTurnGoesBack() {
        AsyncSemaphore semaphore = AsyncSemaphore.of(1, WaitBounds.DEFAULT, this.time);
        Permit held = semaphore.tryAcquire().orElseThrow();
        PlannedMethod method = PlannedMethod.with(
                heldUp(() -> {
                    held.close();
                    this.time.advance(LIMIT);
                }),
                this.timeout,
                semaphore);

        Throwable thrown = catchThrowable(() -> method.call(this.runs::incrementAndGet));

        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        HandWork.until(() -> semaphore.free() == 1);
        assertThat(this.runs).hasValue(0);
    }

    @Test
    void thePromiseOfALateTurnGoesBack() throws Exception {
        ThrottlePolicy throttle =
                ThrottlePolicy.sliding(1, Duration.ofSeconds(1)).time(this.time).build();
        throttle.call(() -> CompletableFuture.completedFuture(1)).join();
        PlannedMethod method = PlannedMethod.with(heldUp(() -> this.time.advance(LIMIT)), this.timeout, throttle);

        Throwable thrown = catchThrowable(() -> method.call(this.runs::incrementAndGet));

        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        CompletableFuture<Integer> next = throttle.call(() -> CompletableFuture.completedFuture(2));
        assertThat(Results.await(next)).isEqualTo(2);
    }
}
