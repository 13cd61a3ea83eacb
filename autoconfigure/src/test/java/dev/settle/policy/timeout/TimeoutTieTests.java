package dev.settle.policy.timeout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.Listeners;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.Steps;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The signal of a timeout, the one around it, and those who listen. */
class TimeoutTieTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final VirtualTime time = new VirtualTime();
    private final CompletableFuture<String> work = new CompletableFuture<>();
    private final List<Integer> hanging = new ArrayList<>();
    private final PlannedMethod method = PlannedMethod.with(
            Steps.policy((call, next) -> {
                CompletableFuture<Object> inside = next.start(call);
                this.hanging.add(Listeners.on(call.signal()));
                return inside.whenComplete((value, failure) -> this.hanging.add(Listeners.on(call.signal())));
            }),
            TimeoutPolicy.of(LIMIT, true, this.time));

    @Test
    void aCallInTimeLeavesNothingWithTheSignalAroundIt() {
        this.method.start(() -> this.work);

        this.work.complete("7.30");

        assertThat(this.hanging).containsExactly(1, 0);
    }

    @Test
    void aTimeoutLeavesNothingWithTheSignalAroundIt() {
        this.method.start(() -> this.work);

        this.time.advance(LIMIT);

        assertThat(this.hanging).containsExactly(1, 0);
    }

    @Test
    void aListenerThatBlocksDoesNotHoldTheCallerUp() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Boolean> listener = new CompletableFuture<>();
        CompletableFuture<String> call = TimeoutPolicy.of(Duration.ofMillis(20)).call(() -> {
            AbortSignal.current().onAbort(reason -> listener.complete(opened(release)));
            return this.work;
        });

        assertThat(Results.awaitFailure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(listener).isNotDone();
        release.countDown();
        assertThat(Results.await(listener)).isTrue();
    }

    private static boolean opened(CountDownLatch latch) {
        try {
            Results.await(latch);
            return true;
        } catch (InterruptedException ex) {
            return false;
        }
    }
}
