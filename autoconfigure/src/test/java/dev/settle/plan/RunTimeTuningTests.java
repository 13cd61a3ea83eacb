package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.InvalidSettingException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Settings that are changed by hand. */
class RunTimeTuningTests {

    private static void run(BiConsumer<Shop, RunTimeTuning> test) {
        Startup.runner().withBean("shop", Shop.class).run(context -> {
            assertThat(context).hasNotFailed();
            test.accept(context.getBean(Shop.class), context.getBean(RunTimeTuning.class));
        });
    }

    static class Shop {

        final AtomicInteger attempts = new AtomicInteger();
        volatile Thread stored;

        @Retry(name = "shop", delay = "0s")
        @Timeout("2s")
        @Bulkhead(2)
        public String find() {
            this.attempts.incrementAndGet();
            throw new IllegalStateException("down");
        }

        @Retry(name = "shop", delay = "0s", maxDuration = "5s")
        public String list() {
            this.attempts.incrementAndGet();
            throw new IllegalStateException("down");
        }

        @Debounce(name = "store", value = "1h")
        public void store() {
            this.stored = Thread.currentThread();
        }

        public int attempts() {
            return this.attempts.getAndSet(0);
        }

        public Thread stored() {
            return this.stored;
        }
    }

    private static int attemptsOfFind(Shop shop) {
        assertThatThrownBy(shop::find).isInstanceOf(IllegalStateException.class).hasMessage("down");
        return shop.attempts();
    }

    @Test
    void everyMethodOfTheNameIsTuned() {
        run((shop, tuning) -> {
            tuning.set("shop", "retry", Map.of("max-retries", 1));

            assertThat(attemptsOfFind(shop)).isEqualTo(2);
            assertThatThrownBy(shop::list).hasMessage("down");
            assertThat(shop.attempts()).isEqualTo(2);
        });
    }

    @Test
    void aMethodThatCannotHaveTheSettingsKeepsTheOthersFromThem() {
        run((shop, tuning) -> {
            // Good for find(), which has no maxDuration.
            assertThatThrownBy(() -> tuning.set("shop", "retry", Map.of("delay", "6s", "maxRetries", 1)))
                    .isInstanceOf(InvalidPlanException.class)
                    .hasMessageContaining("list()");

            assertThat(attemptsOfFind(shop)).isEqualTo(4);
        });
    }

    @Test
    void aPolicyIsSwitchedOffAndOn() {
        run((shop, tuning) -> {
            tuning.set("shop", "retry", Map.of("enabled", false));
            assertThat(attemptsOfFind(shop)).isEqualTo(1);

            tuning.set("shop", "retry", Map.of("enabled", true));
            assertThat(attemptsOfFind(shop)).isEqualTo(4);
        });
    }

    @Test
    void aDebouncedVoidMethodThatIsSwitchedOffRunsOnItsCallersThread() {
        run((shop, tuning) -> {
            tuning.set("store", "debounce", Map.of("enabled", "false"));

            shop.store();

            assertThat(shop.stored()).isSameAs(Thread.currentThread());
        });
    }

    @Test
    void anUnknownPolicyIsNamedWithTheNearest() {
        run((shop, tuning) -> assertThatThrownBy(() -> tuning.set("shop", "bulkhed", Map.of("value", 1)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("did you mean bulkhead"));
    }

    @Test
    void aPolicyThatTheNameDoesNotHaveIsRefused() {
        run((shop, tuning) -> assertThatThrownBy(() -> tuning.set("store", "retry", Map.of("max-retries", 1)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("no method of the name 'store' has a 'retry'"));
    }

    @Test
    void theOtherTimeoutIsAddedAndTakenAwayAgain() {
        Startup.runner().withBean("shop", Shop.class).run(context -> {
            RunTimeTuning tuning = context.getBean(RunTimeTuning.class);
            PlanRegistry registry = context.getBean(PlanRegistry.class);

            tuning.set("shop", "timeout", Map.of("total", "9s"));
            assertThat(registry.named("shop").toString()).contains("Timeout(TOTAL) 9 s");

            tuning.set("shop", "timeout", nothing("total"));
            assertThat(registry.named("shop").toString()).doesNotContain("Timeout(TOTAL)");
        });
    }

    private static Map<String, Object> nothing(String property) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(property, null);
        return settings;
    }

    @Test
    void aSettingThatIsThereTwiceIsRefused() {
        run((shop, tuning) -> assertThatThrownBy(
                        () -> tuning.set("shop", "retry", Map.of("max-retries", 2, "maxRetries", 9)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("there twice"));
    }

    @Test
    void aNameThatLooksAlikeIsNotTuned() {
        run((shop, tuning) -> {
            assertThatThrownBy(() -> tuning.set("SHOP", "retry", Map.of("max-retries", 1)))
                    .isInstanceOf(InvalidSettingException.class);
            assertThat(attemptsOfFind(shop)).isEqualTo(4);
        });
    }

    @Test
    void codeIsNotToBeHadFromOutside() {
        run((shop, tuning) -> assertThatThrownBy(
                        () -> tuning.set("shop", "retry", Map.of("predicate", "some.evil.Predicate")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("names code"));
    }

    @Test
    void aKeyCannotChange() {
        run((shop, tuning) -> assertThatThrownBy(
                        () -> tuning.set("shop", "bulkhead", Map.of("key", "T(java.lang.Runtime).getRuntime()")))
                .isInstanceOf(InvalidPlanException.class)
                .hasMessageContaining("cannot change while the application runs"));
    }

    @Test
    void oneBadSettingKeepsTheGoodOnesOut() {
        run((shop, tuning) -> {
            assertThatThrownBy(() -> tuning.set("shop", "retry", Map.of("max-retries", 0, "multiplier", 0.1)))
                    .isInstanceOf(InvalidPlanException.class)
                    .hasMessageContaining("0.1 would shorten the delays");

            assertThat(attemptsOfFind(shop)).isEqualTo(4);
        });
    }
}
