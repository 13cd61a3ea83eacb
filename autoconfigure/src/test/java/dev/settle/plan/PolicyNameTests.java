package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.CallEvent;
import dev.settle.core.CallListener;
import dev.settle.core.FutureEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/** What the policies of a method are called, as listeners are told. */
class PolicyNameTests {

    private final List<String> names = new CopyOnWriteArrayList<>();
    private final CallListener listener = this::told;
    private final ApplicationContextRunner runner = Startup.runner().withBean(CallListener.class, () -> this.listener);

    private void told(CallEvent event) {
        // Whether anybody looks at the futures is not what this is about.
        if (event.type() != FutureEvent.UNOBSERVED) {
            this.names.add(event.name());
        }
    }

    static class Prices {
        @Retry(maxRetries = 0)
        public CompletableFuture<String> find() {
            return CompletableFuture.failedFuture(new IllegalStateException("reset"));
        }

        @Retry(maxRetries = 0, name = "inventory")
        public CompletableFuture<String> named() {
            return CompletableFuture.failedFuture(new IllegalStateException("reset"));
        }

        @Retry(maxRetries = 0)
        @Timeout(value = "1m", name = "${the.name:stock}")
        public CompletableFuture<String> placeholder() {
            return CompletableFuture.failedFuture(new IllegalStateException("reset"));
        }

        @Retry(maxRetries = 0, name = "one")
        @Timeout(value = "1m", name = "other")
        public CompletableFuture<String> torn() {
            return CompletableFuture.failedFuture(new IllegalStateException("reset"));
        }
    }

    @Test
    void byDefaultItIsTheBeanAndTheMethod() {
        this.runner
                .withBean("prices", Prices.class)
                .run(context -> context.getBean(Prices.class).find());

        assertThat(this.names).containsExactly("prices.find");
    }

    @Test
    void twoBeansOfOneClassHaveTheirOwn() {
        this.runner
                .withBean("spot", Prices.class)
                .withBean("future", Prices.class)
                .run(context -> {
                    context.getBean("spot", Prices.class).find();
                    context.getBean("future", Prices.class).find();
                });

        assertThat(this.names).containsExactly("spot.find", "future.find");
    }

    @Test
    void anAnnotationMayNameThem() {
        this.runner
                .withBean("prices", Prices.class)
                .run(context -> context.getBean(Prices.class).named());

        assertThat(this.names).containsExactly("inventory");
    }

    @Test
    void anyAnnotationOfAMethodMayNameThemAndPlaceholdersAreFilledIn() {
        this.runner
                .withBean("prices", Prices.class)
                .run(context -> context.getBean(Prices.class).placeholder());

        assertThat(this.names).containsExactly("stock");
    }

    @Test
    void namesThatContradictEachOtherAreNone() {
        this.runner
                .withBean("prices", Prices.class)
                .run(context -> context.getBean(Prices.class).torn());

        assertThat(this.names).containsExactly("prices.torn");
    }

    @Test
    void aScopedBeanIsCalledByItsName() {
        this.runner
                .withUserConfiguration(Scoped.class)
                .run(context -> context.getBean("prices", Prices.class).find());

        assertThat(this.names).containsExactly("prices.find");
    }

    @Configuration(proxyBeanMethods = false)
    static class Scoped {
        @Bean
        @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
        Prices prices() {
            return new Prices();
        }
    }

    @Test
    void aListenerThatCannotBeMadeDoesNotKeepACallFromItsOutcome() {
        Startup.runner()
                .withBean("prices", Prices.class)
                .withBean(
                        "broken",
                        CallListener.class,
                        PolicyNameTests::broken,
                        definition -> definition.setLazyInit(true))
                .run(context -> assertThat(context.getBean(Prices.class).find()).isCompletedExceptionally());
    }

    private static CallListener broken() {
        throw new IllegalStateException("a broken listener: this is expected");
    }
}
