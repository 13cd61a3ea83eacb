package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallTimeoutException;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

/** The limits of both scopes stand side by side in the settings: one may be added beside an annotation that has the other. */
class TimeoutLimitSettingsTests {

    private final VirtualTime time = new VirtualTime();

    static class Prices {

        @Timeout("1s")
        @Retry(maxRetries = 100, delay = "0s")
        public CompletableFuture<String> attempt() {
            return new CompletableFuture<>();
        }

        @Timeout(value = "10s", scope = Timeout.Scope.TOTAL)
        @Retry(maxRetries = 1, delay = "0s")
        public CompletableFuture<String> total() {
            return new CompletableFuture<>();
        }

        @Retry(maxRetries = 0)
        public CompletableFuture<String> without() {
            return new CompletableFuture<>();
        }
    }

    private void run(Consumer<AssertableApplicationContext> test, String... settings) {
        Startup.runner(this.time)
                .withBean("prices", Prices.class)
                .withPropertyValues(settings)
                .run(test::accept);
    }

    private static Prices prices(AssertableApplicationContext context) {
        return context.getBean(Prices.class);
    }

    @Test
    void limitOfTheWholeCallIsAddedBesideThatOfAnAttempt() {
        run(
                context -> {
                    CompletableFuture<String> call = prices(context).attempt();
                    this.time.advance(Duration.ofMillis(4999));
                    assertThat(call).isNotDone();

                    this.time.advance(Duration.ofMillis(1));

                    assertThat(Results.failure(call))
                            .isInstanceOfSatisfying(
                                    CallTimeoutException.class,
                                    timeout -> assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(5)));
                },
                "settle.policies.prices.attempt.timeout.total=5s");
    }

    @Test
    void limitOfAnAttemptIsAddedBesideThatOfTheWholeCall() {
        run(
                context -> {
                    CompletableFuture<String> call = prices(context).total();

                    this.time.advance(Duration.ofSeconds(4));

                    assertThat(Results.failure(call))
                            .isInstanceOfSatisfying(
                                    CallTimeoutException.class,
                                    timeout -> assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(2)));
                },
                "settle.policies.prices.total.timeout.value=2s");
    }

    @Test
    void itIsShownWithItsOrigin() {
        run(
                context -> {
                    SettingValue shown = Effective.shown(context, "prices.attempt", "timeout", "total");

                    assertThat(shown.value()).isEqualTo("5s");
                    assertThat(shown.source()).startsWith("settle.policies.prices.attempt.timeout.total");
                },
                "settle.policies.prices.attempt.timeout.total=5s");
    }

    @Test
    void eachLimitKeepsToItsOwnSetting() {
        run(
                context -> {
                    assertThat(Effective.shown(context, "prices.attempt", "timeout", "value")
                                    .value())
                            .isEqualTo("1s");
                    assertThat(Effective.shown(context, "prices.total", "timeout", "total")
                                    .value())
                            .isEqualTo("10s");
                },
                "settle.policies.prices.attempt.timeout.total=5s",
                "settle.policies.prices.total.timeout.value=2s");
    }

    @Test
    void limitForAllAddsNothing() {
        run(
                context -> assertThat(Effective.policies(context, "prices.attempt", "timeout", "total"))
                        .isEmpty(),
                "settle.defaults.timeout.total=5s");
    }

    @Test
    void limitForAMethodWithoutAnyTimeoutAddsNothing() {
        run(
                context -> {
                    CompletableFuture<String> call = prices(context).without();

                    this.time.advance(Duration.ofHours(1));

                    assertThat(call).isNotDone();
                },
                "settle.policies.prices.without.timeout.total=5s",
                "settle.policies.prices.without.timeout.value=2s");
    }

    @Test
    void addedLimitIsSwitchedOffWithTheOther() {
        run(
                context -> {
                    CompletableFuture<String> call = prices(context).attempt();

                    this.time.advance(Duration.ofHours(1));

                    assertThat(call).isNotDone();
                },
                "settle.policies.prices.attempt.timeout.total=5s",
                "settle.policies.prices.attempt.timeout.enabled=false");
    }
}
