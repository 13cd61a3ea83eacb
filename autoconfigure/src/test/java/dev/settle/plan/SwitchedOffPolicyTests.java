package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.util.AopTestUtils;

/** {@code enabled: false}, for a name or for all. */
class SwitchedOffPolicyTests {

    private final VirtualTime time = new VirtualTime();

    static class Shop {

        private final List<CompletableFuture<String>> started = new CopyOnWriteArrayList<>();
        private final List<Thread> storedBy = new CopyOnWriteArrayList<>();

        List<CompletableFuture<String>> started() {
            return this.started;
        }

        List<Thread> storedBy() {
            return this.storedBy;
        }

        private CompletableFuture<String> start() {
            CompletableFuture<String> future = new CompletableFuture<>();
            this.started.add(future);
            return future;
        }

        /** Not flushed: at the end of the test nobody would settle what that starts. */
        @Debounce(value = "1h", onShutdown = Debounce.OnShutdown.CANCEL)
        public CompletableFuture<String> debounce() {
            return start();
        }

        @Debounce("1h")
        public void store() {
            this.storedBy.add(Thread.currentThread());
        }

        @Throttle(limit = 1, window = "1h")
        public CompletableFuture<String> throttle() {
            return start();
        }

        @Exclusive
        public CompletableFuture<String> exclusive() {
            return start();
        }

        @Bulkhead(1)
        public CompletableFuture<String> bulkhead() {
            return start();
        }

        @Retry(maxRetries = 1, delay = "0s")
        public CompletableFuture<String> retry() {
            return start();
        }

        @Timeout("1s")
        public CompletableFuture<String> attempt() {
            return start();
        }

        @Timeout(value = "1s", scope = Timeout.Scope.TOTAL)
        public CompletableFuture<String> total() {
            return start();
        }
    }

    private void run(Consumer<Shop> test, String... settings) {
        Startup.runner(this.time)
                .withBean("shop", Shop.class)
                .withPropertyValues(settings)
                .run(context -> test.accept(context.getBean(Shop.class)));
    }

    private static List<CompletableFuture<String>> started(Shop shop) {
        return AopTestUtils.<Shop>getUltimateTargetObject(shop).started();
    }

    private static int startsOfTwo(String policy, Shop shop) {
        switch (policy) {
            case "debounce" -> twice(shop::debounce);
            case "throttle" -> twice(shop::throttle);
            case "exclusive" -> twice(shop::exclusive);
            default -> twice(shop::bulkhead);
        }
        return started(shop).size();
    }

    private static void twice(Runnable call) {
        call.run();
        call.run();
    }

    @ParameterizedTest
    @CsvSource({"debounce, 0", "throttle, 1", "exclusive, 1", "bulkhead, 1"})
    void switchedOnItHoldsCallsBack(String policy, int starts) {
        run(shop -> assertThat(startsOfTwo(policy, shop)).isEqualTo(starts));
    }

    @ParameterizedTest
    @CsvSource({"debounce", "throttle", "exclusive", "bulkhead"})
    void switchedOffForAllItHoldsNobodyBack(String policy) {
        run(shop -> assertThat(startsOfTwo(policy, shop)).isEqualTo(2), "settle.defaults." + policy + ".enabled=false");
    }

    @ParameterizedTest
    @CsvSource({"debounce", "throttle", "exclusive", "bulkhead"})
    void switchedOffForTheNameItHoldsNobodyBack(String policy) {
        run(
                shop -> assertThat(startsOfTwo(policy, shop)).isEqualTo(2),
                "settle.policies.shop." + policy + "." + policy + ".enabled=false");
    }

    @Test
    void switchedOffRetryTriesOnce() {
        run(
                shop -> {
                    CompletableFuture<String> call = shop.retry();

                    started(shop).get(0).completeExceptionally(new IllegalStateException("reset"));

                    assertThat(Results.failure(call)).hasMessage("reset");
                    assertThat(started(shop)).hasSize(1);
                },
                "settle.defaults.retry.enabled=false");
    }

    @Test
    void switchedOffTimeoutsOfBothScopesWaitForEver() {
        run(
                shop -> {
                    CompletableFuture<String> attempt = shop.attempt();
                    CompletableFuture<String> total = shop.total();

                    this.time.advance(Duration.ofDays(1));

                    assertThat(attempt).isNotDone();
                    assertThat(total).isNotDone();
                },
                "settle.defaults.timeout.enabled=false");
    }

    @Test
    void withoutItsDebounceVoidMethodRunsOnTheCallersThread() {
        run(
                shop -> {
                    shop.store();

                    assertThat(AopTestUtils.<Shop>getUltimateTargetObject(shop).storedBy())
                            .containsExactly(Thread.currentThread());
                },
                "settle.policies.shop.store.debounce.enabled=false");
    }

    @ParameterizedTest
    @CsvSource({
        ", , true",
        "false, , false",
        "true, , true",
        ", false, false",
        ", true, true",
        "false, true, true",
        "true, false, false"
    })
    void theNameCountsMoreThanTheDefaultsForEveryPolicy(Boolean general, Boolean named, boolean enabled) {
        for (String policy : new Vocabulary(PolicyBindings.OUTERMOST_FIRST).policies()) {
            String method = "tuned.bare" + policy.substring(0, 1).toUpperCase(Locale.ROOT) + policy.substring(1);
            List<String> settings = new ArrayList<>();
            if (general != null) {
                settings.add("settle.defaults." + policy + ".enabled=" + general);
            }
            if (named != null) {
                settings.add("settle.policies." + method + "." + policy + ".enabled=" + named);
            }
            Startup.runner()
                    .withBean("tuned", Tuned.class)
                    .withPropertyValues(settings.toArray(String[]::new))
                    .run(context -> assertThat(Effective.policies(context, method, policy, "enabled"))
                            .isNotEmpty()
                            .allSatisfy(planned ->
                                    assertThat(planned.enabled()).as(policy).isEqualTo(enabled)));
        }
    }
}
