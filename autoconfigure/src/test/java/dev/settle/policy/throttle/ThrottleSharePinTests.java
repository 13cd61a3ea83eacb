package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Throttle;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.core.CallContext;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Runs that are shared give back what they have taken, whatever becomes of them. */
class ThrottleSharePinTests {

    private static final Duration WINDOW = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final CallContext context = () -> {
        boolean breaks = this.broken.get();
        return task -> {
            if (breaks) {
                throw new IllegalStateException("no tenant");
            }
            task.run();
        };
    };
    private final PlannedMethod method = PlannedMethod.with(ThrottlePolicy.sliding(1, WINDOW)
                    .excess(Excess.SHARE)
                    .time(this.time)
                    .build())
            .carrying(this.context);

    private CompletableFuture<String> call(String value) {
        return this.method.start(() -> CompletableFuture.completedFuture(value));
    }

    @Test
    void aRunWhoseContextCannotBeSetDoesNotHoldUpTheNext() {
        assertThat(call("first")).isCompletedWithValue("first");
        this.broken.set(true);
        CompletableFuture<String> withoutContext = call("without context");
        this.broken.set(false);

        this.time.advance(WINDOW);
        CompletableFuture<String> next = call("next");
        this.time.advance(WINDOW);

        assertThat(Results.failure(withoutContext)).hasMessage("no tenant");
        assertThat(next).isCompletedWithValue("next");
    }

    @Test
    void callersThatComeAndGoWhileARunBeginsLeaveTheKeyInUse() {
        KeyedThrottle throttle = KeyedThrottle.of(1, WINDOW, Throttle.Type.SLIDING, Excess.SHARE, 10, this.time);
        throttle.call("a", () -> CompletableFuture.completedFuture("first"));
        CompletableFuture<String> leaving = throttle.call("a", () -> CompletableFuture.completedFuture("leaving"));

        leaving.cancel(true);
        CompletableFuture<String> staying = throttle.call("a", () -> CompletableFuture.completedFuture("staying"));

        assertThat(staying).isNotDone();
        assertThat(throttle.keys()).isEqualTo(1);
        this.time.advance(WINDOW);
        assertThat(staying).isCompletedWithValue("staying");
        this.time.advance(WINDOW);
        assertThat(throttle.keys()).isZero();
        assertThat(this.time.pending()).isZero();
    }
}
