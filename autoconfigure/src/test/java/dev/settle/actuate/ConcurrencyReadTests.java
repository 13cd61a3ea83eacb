package dev.settle.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.settle.CallRejectedException;
import dev.settle.actuate.Operator.Answer;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Scope;
import dev.settle.autoconfigure.SettleClusterAutoConfiguration;
import dev.settle.cluster.ClusterEngine;
import dev.settle.cluster.HandEngine;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** What the endpoint shows of methods and their calls. */
class ConcurrencyReadTests {

    private final VirtualTime time = new VirtualTime();
    private final WebApplicationContextRunner app =
            Actuators.tomcat().withBean(TimeSource.class, () -> this.time).withBean("stock", Stock.class);

    private static String policy(String name, String what) {
        return "$.methods[0].policies[?(@.policy=='" + name + "')]." + what;
    }

    @Test
    void everyMethodIsShownUnderItsName() {
        this.app.run(context -> {
            Answer answer = Operator.of(context).get("/concurrency");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.<Map<String, Object>>at("$.names")).containsOnlyKeys("stock.count", "stock.find");
        });
    }

    static class Counting {

        @Exclusive(name = "count", scope = Scope.CLUSTER)
        public CompletableFuture<String> count() {
            return new CompletableFuture<>();
        }
    }

    @Test
    void engineThatInstancesShareIsShown() {
        HandEngine engine = new HandEngine();
        this.app
                .withConfiguration(AutoConfigurations.of(SettleClusterAutoConfiguration.class))
                .withBean(ClusterEngine.class, () -> engine)
                .withBean(Counting.class)
                .withPropertyValues("spring.application.name=shop")
                .run(context -> {
                    context.getBean(Counting.class).count();
                    engine.give(0);

                    assertThat(Operator.of(context).get("/concurrency").<Map<String, Object>>at("$.cluster"))
                            .containsEntry("engine", "the engine")
                            .containsEntry("away", false)
                            .containsEntry("onFailure", "fail")
                            .containsEntry("prefix", "shop")
                            .containsEntry("leases", 1)
                            .containsEntry("lost", 0)
                            .containsEntry("failures", 0);
                });
    }

    @Test
    void withoutMethodsThatShareNoEngineIsShown() {
        this.app.run(
                context -> assertThat(Operator.of(context).get("/concurrency").<Map<String, Object>>at("$"))
                        .containsOnlyKeys("names"));
    }

    @Test
    void methodIsShownWithItsTypesAndItsPoliciesInOrder() {
        this.app.run(context -> {
            Answer answer = Operator.of(context).get("/concurrency/stock.find");

            assertThat(answer.<String>at("$.name")).isEqualTo("stock.find");
            assertThat(answer.<String>at("$.methods[0].type")).isEqualTo(Stock.class.getName());
            assertThat(answer.<String>at("$.methods[0].method")).isEqualTo("find(String)");
            assertThat(answer.<String>at("$.methods[0].returns")).isEqualTo("stage");
            assertThat(answer.<List<String>>at("$.methods[0].policies[*].policy"))
                    .containsExactly("retry", "bulkhead");
        });
    }

    @Test
    void settingsAreSpelledAsInTheFileAndSayWhereTheyComeFrom() {
        this.app
                .withPropertyValues("settle.policies.stock.find.retry.max-retries=7")
                .run(context -> {
                    Answer answer = Operator.of(context).get("/concurrency/stock.find");

                    assertThat(answer.<List<Object>>at(policy("retry", "settings.max-retries.value")))
                            .hasToString("[7]");
                    assertThat(answer.<List<String>>at(policy("retry", "settings.max-retries.origin")))
                            .singleElement()
                            .asString()
                            .contains("settle.policies.stock.find.retry.max-retries");
                    assertThat(answer.<List<String>>at(policy("bulkhead", "settings.value.origin")))
                            .containsExactly("annotation");
                    assertThat(answer.<List<String>>at(policy("bulkhead", "settings.queue-capacity.origin")))
                            .containsExactly("default");
                });
    }

    @Test
    void policyThatIsSwitchedOffIsShown() {
        this.app
                .withPropertyValues("settle.policies.stock.find.retry.enabled=false")
                .run(context -> {
                    Answer answer = Operator.of(context).get("/concurrency/stock.find");

                    assertThat(answer.<List<Boolean>>at(policy("retry", "enabled")))
                            .containsExactly(false);
                    assertThat(answer.<List<Boolean>>at(policy("bulkhead", "enabled")))
                            .containsExactly(true);
                });
    }

    @Test
    void callsThatRunAndWaitAreCounted() {
        this.app.run(context -> {
            Stock.finds(context.getBean(Stock.class), 5);

            Answer answer = Operator.of(context).get("/concurrency/stock.find");

            assertThat(answer.number("$.live.inFlight")).isEqualTo(5);
            assertThat(answer.number("$.live.running")).isEqualTo(2);
            assertThat(answer.number("$.live.waiting.bulkhead")).isEqualTo(3);
            assertThat(answer.number("$.live.waiting.retry")).isZero();
        });
    }

    @Test
    void numbersOfThePoliciesAreShown() {
        this.app.run(context -> {
            Stock.finds(context.getBean(Stock.class), 1);

            Answer answer = Operator.of(context).get("/concurrency/stock.find");

            assertThat(answer.<List<Map<String, Object>>>at(policy("bulkhead", "state")))
                    .singleElement()
                    .satisfies(state -> assertThat(state).isNotEmpty());
        });
    }

    @Test
    void callThatWaitsForItsNextAttemptIsCounted() {
        this.app.run(context -> {
            Stock stock = context.getBean(Stock.class);
            Stock.finds(stock, 1);
            stock.running().remove().completeExceptionally(new IllegalStateException("reset"));

            Answer answer = Operator.of(context).get("/concurrency/stock.find");

            assertThat(answer.number("$.live.inFlight")).isEqualTo(1);
            assertThat(answer.number("$.live.running")).isZero();
            assertThat(answer.number("$.live.waiting.retry")).isEqualTo(1);
        });
    }

    @Test
    void callsThatHaveEndedAreCountedByHow() {
        this.app.run(context -> {
            Stock stock = context.getBean(Stock.class);
            List<CompletableFuture<String>> calls = Stock.finds(stock, 3);
            stock.running().remove().complete("here");
            calls.get(1).cancel(false);

            Answer answer = Operator.of(context).get("/concurrency/stock.find");

            assertThat(answer.number("$.live.outcomes.success")).isEqualTo(1);
            assertThat(answer.number("$.live.outcomes.cancelled")).isEqualTo(1);
            assertThat(answer.number("$.live.outcomes.failure")).isZero();
            assertThat(answer.number("$.live.inFlight")).isEqualTo(1);
        });
    }

    @Test
    void rejectionsAreShownWithTheirTimeTheLastFirst() {
        this.app.run(context -> {
            Stock stock = context.getBean(Stock.class);
            stock.count("a");
            stock.count("b");
            refused(stock, "a");
            this.time.advance(Duration.ofSeconds(20));
            refused(stock, "b");
            this.time.advance(Duration.ofSeconds(5));

            Answer answer = Operator.of(context).get("/concurrency/stock.count");

            assertThat(answer.<List<String>>at("$.live.rejections[*].ago")).containsExactly("5 s", "25 s");
            assertThat(answer.<List<String>>at("$.live.rejections[*].policy")).containsOnly("throttle");
            assertThat(answer.number("$.live.outcomes.rejected")).isEqualTo(2);
        });
    }

    private static void refused(Stock stock, String id) {
        assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> stock.count(id));
    }

    @Test
    void unknownNameIsNotFoundAndNearOnesAreNamed() {
        this.app.run(context -> {
            Answer answer = Operator.of(context).get("/concurrency/stock.fnd");

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.<String>at("$.problem")).contains("stock.fnd");
            assertThat(answer.<String>at("$.remedy")).contains("stock.find");
        });
    }

    @Test
    void severalMethodsOfOneNameAreListedBelowIt() {
        this.app.withBean("other", Stock.class).run(context -> {
            Answer answer = Operator.of(context).get("/concurrency");

            assertThat(answer.<List<Object>>at("$.names['stock.find'].methods")).hasSize(2);
        });
    }
}
