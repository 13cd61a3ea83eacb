package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Several methods may carry one name: what is set for it is for each of them, as far as they have the policy. */
class SharedNameSettingsTests {

    private final ApplicationContextRunner app =
            Startup.runner().withBean("prices", Prices.class).withBean("stock", Stock.class);

    static class Prices {

        @Retry(name = "inventory", maxRetries = 1)
        @Bulkhead(5)
        public CompletableFuture<String> find() {
            return new CompletableFuture<>();
        }

        @Retry(maxRetries = 1)
        public CompletableFuture<String> other() {
            return new CompletableFuture<>();
        }
    }

    static class Stock {

        @Retry(name = "inventory")
        @Timeout("1s")
        public CompletableFuture<String> count() {
            return new CompletableFuture<>();
        }
    }

    @Test
    void eachMethodOfTheNameIsSet() {
        this.app
                .withPropertyValues("settle.policies.inventory.retry.max-retries=7")
                .run(context -> assertThat(Effective.policies(context, "inventory", "retry", "maxRetries"))
                        .hasSize(2)
                        .allSatisfy(planned -> assertThat(Effective.inForce(planned, "maxRetries"))
                                .isEqualTo("7")));
    }

    @Test
    void methodsOfOtherNamesAreNot() {
        this.app
                .withPropertyValues("settle.policies.inventory.retry.max-retries=7")
                .run(context -> assertThat(Effective.shown(context, "prices.other", "retry", "maxRetries")
                                .value())
                        .isEqualTo(1));
    }

    @Test
    void theNameOfTheMethodIsNotAskedWhenItHasAnother() {
        this.app
                .withPropertyValues("settle.policies.prices.find.retry.max-retries=7")
                .run(context -> assertThat(Effective.policies(context, "inventory", "retry", "maxRetries"))
                        .extracting(planned -> Effective.inForce(planned, "maxRetries"))
                        .containsExactlyInAnyOrder("1", "3"));
    }

    @Test
    void policyThatOnlyOneOfThemHasIsSetForThatOne() {
        this.app
                .withPropertyValues("settle.policies.inventory.bulkhead.value=7")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(Effective.shown(context, "inventory", "bulkhead", "value")
                                    .value())
                            .isEqualTo(7);
                });
    }

    @Test
    void namesThatBeginAlikeAreKeptApart() {
        this.app
                .withPropertyValues("settle.policies.inventory.find.retry.max-retries=7")
                .run(context -> assertThat(Effective.policies(context, "inventory", "retry", "maxRetries"))
                        .extracting(planned -> Effective.inForce(planned, "maxRetries"))
                        .containsExactlyInAnyOrder("1", "3"));
    }

    @Test
    void twoBeansOfOneClassHaveSettingsOfTheirOwn() {
        this.app
                .withBean("offers", Prices.class)
                .withPropertyValues("settle.policies.offers.other.retry.max-retries=7")
                .run(context -> assertThat(Set.of(
                                Effective.shown(context, "offers.other", "retry", "maxRetries")
                                        .value(),
                                Effective.shown(context, "prices.other", "retry", "maxRetries")
                                        .value()))
                        .isEqualTo(Set.of(7, 1)));
    }
}
