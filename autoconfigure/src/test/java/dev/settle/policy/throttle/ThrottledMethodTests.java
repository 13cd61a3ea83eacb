package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.annotation.Throttle.Type;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Methods of beans that carry the annotation. */
class ThrottledMethodTests {

    private final VirtualTime time = new VirtualTime();
    private final ApplicationContextRunner app = Startup.runner(this.time).withBean("prices", Prices.class);

    static class Prices {

        private final List<String> found = new ArrayList<>();

        private CompletableFuture<String> find(String symbol) {
            this.found.add(symbol);
            return CompletableFuture.completedFuture(symbol);
        }

        @Throttle(limit = 2, window = "1s")
        CompletableFuture<String> future(String symbol) {
            return find(symbol);
        }

        @Throttle(limit = 2, window = "1s", excess = Excess.REJECT)
        String value(String symbol) {
            return find(symbol).join();
        }

        @Throttle(excess = Excess.REJECT)
        void nothing(String symbol) {
            find(symbol);
        }

        @Throttle(window = "1s", key = "#symbol", excess = Excess.REJECT, maxKeys = 2)
        CompletableFuture<String> keyed(String symbol) {
            return find(symbol);
        }

        @Throttle(limit = 2, window = "1s", type = Type.SMOOTH, burst = 2, excess = Excess.SHARE)
        CompletableFuture<String> shared(String symbol) {
            return find(symbol);
        }

        @Timeout(value = "500ms", scope = Timeout.Scope.TOTAL)
        @Throttle(window = "1s")
        CompletableFuture<String> hasty(String symbol) {
            return find(symbol);
        }
    }

    private static Reason refusal(Throwable failure) {
        assertThat(failure).isInstanceOf(CallRejectedException.class);
        return ((CallRejectedException) failure).reason();
    }

    @Test
    void callsOfAFutureReturningMethodWaitTheirTurn() {
        this.app.run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.future("A");
            prices.future("B");
            CompletableFuture<String> third = prices.future("C");
            assertThat(third).isNotDone();

            this.time.advance(Duration.ofSeconds(1));

            assertThat(third).isCompletedWithValue("C");
        });
    }

    @Test
    void callsOfAMethodWithAValueAreRefusedByAnException() {
        this.app.run(context -> {
            Prices prices = context.getBean(Prices.class);
            assertThat(prices.value("A")).isEqualTo("A");
            prices.value("B");

            Throwable refused = catchThrowable(() -> prices.value("C"));

            assertThat(refused).isInstanceOfSatisfying(CallRejectedException.class, refusal -> {
                assertThat(refusal.name()).isEqualTo("prices.value");
                assertThat(refusal.policy()).isEqualTo("throttle");
                assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
            });
        });
    }

    @Test
    void callsOfAVoidMethodAreThrottledOnceASecondByDefault() {
        this.app.run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.nothing("A");

            assertThat(refusal(catchThrowable(() -> prices.nothing("B")))).isEqualTo(Reason.RATE);

            this.time.advance(Duration.ofSeconds(1));
            prices.nothing("C");
        });
    }

    @Test
    void theKeyIsReadFromTheArguments() {
        this.app.run(context -> {
            Prices prices = context.getBean(Prices.class);
            assertThat(prices.keyed("A")).isCompleted();
            assertThat(prices.keyed("B")).isCompleted();

            Throwable refused = Results.failure(prices.keyed("A"));

            assertThat(refusal(refused)).isEqualTo(Reason.RATE);
            assertThat(((CallRejectedException) refused).key()).contains("A");
            assertThat(refusal(Results.failure(prices.keyed("C")))).isEqualTo(Reason.KEYS);
            this.time.advance(Duration.ofSeconds(1));
            assertThat(prices.keyed("C")).isCompleted();
        });
    }

    @Test
    void aKeyThatIsNullFailsTheCall() {
        this.app.run(context -> assertThat(
                        Results.failure(context.getBean(Prices.class).keyed(null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prices.keyed"));
    }

    @Test
    void smoothStartsAndSharedRunsGoTogether() {
        this.app.run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.shared("A");
            prices.shared("B");
            CompletableFuture<String> third = prices.shared("C");
            CompletableFuture<String> fourth = prices.shared("D");

            this.time.advance(Duration.ofMillis(500));

            assertThat(third).isCompletedWithValue("D");
            assertThat(fourth).isCompletedWithValue("D");
        });
    }

    @Test
    void aWaitBeyondTheTotalTimeoutIsRefusedAtOnce() {
        this.app.run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.hasty("A");

            assertThat(refusal(Results.failure(prices.hasty("B")))).isEqualTo(Reason.WAIT_EXCEEDED);
        });
    }
}
