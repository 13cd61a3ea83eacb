package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.CallListener;
import dev.settle.core.LineEvent;
import dev.settle.core.Results;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;

/** Settings change beside calls and beans that are being made. */
class PlanRegistryTests {

    static class Stock {

        @Bulkhead(value = 1, name = "stock")
        public CompletableFuture<Object> find(CompletableFuture<Object> until) {
            return until;
        }

        @Exclusive
        public Flux<Integer> count() {
            return Flux.just(1, 2, 3);
        }
    }

    @Test
    void whoIsLetInGoesOnWhenTheLockIsFree() {
        AtomicReference<RunTimeTuning> tuning = new AtomicReference<>();
        AtomicReference<PlanRegistry> registry = new AtomicReference<>();
        List<Boolean> locked = new ArrayList<>();
        CallListener listener = event -> {
            if (event.type() == LineEvent.LET_IN) {
                locked.add(Thread.holdsLock(registry.get()) || Thread.holdsLock(tuning.get()));
                tuning.get().set("stock", "bulkhead", Map.of("maxWait", "9s"));
            }
        };
        Startup.runner()
                .withBean("stock", Stock.class)
                .withBean(CallListener.class, () -> listener)
                .run(context -> {
                    tuning.set(context.getBean(RunTimeTuning.class));
                    registry.set(context.getBean(PlanRegistry.class));
                    Stock stock = context.getBean(Stock.class);
                    CompletableFuture<Object> end = new CompletableFuture<>();
                    List<CompletableFuture<Object>> calls = List.of(stock.find(end), stock.find(end));

                    tuning.get().set("stock", "bulkhead", Map.of("value", 2));

                    assertThat(locked).containsExactly(false);
                    assertThat(registry.get()
                                    .named("stock")
                                    .get(0)
                                    .policies()
                                    .get(0)
                                    .values())
                            .extracting(SettingValue::value)
                            .as("what the listener has set, and what was set around it")
                            .contains("9s", 2);
                    end.complete("done");
                    Results.until(() -> calls.stream().allMatch(CompletableFuture::isDone));
                    assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("done"));
                });
    }

    @Test
    void aStreamCannotBeginToBeSharedWhileTheApplicationRuns() {
        Startup.runner().withBean("stock", Stock.class).run(context -> {
            RunTimeTuning tuning = context.getBean(RunTimeTuning.class);

            assertThatThrownBy(() -> tuning.set("stock.count", "exclusive", Map.of("onConflict", "JOIN")))
                    .isInstanceOf(InvalidPlanException.class)
                    .hasMessageContaining("cannot begin to be shared");

            assertThat(context.getBean(Stock.class).count().collectList().block(Duration.ofSeconds(30)))
                    .containsExactly(1, 2, 3);
        });
    }

    static class Lazy {

        @Retry
        public String find() {
            return "7.30";
        }
    }

    /** Holds the container's lock, and then wants the registry's. */
    static class SlowLazy extends Lazy {

        SlowLazy(CountDownLatch begun, CountDownLatch goOn) {
            begun.countDown();
            opened(goOn);
        }
    }

    static class Rule implements Predicate<Throwable> {

        @Override
        public boolean test(Throwable failure) {
            return false;
        }
    }

    /** The rule's bean needs the container's lock, which the lazy bean's maker has, who needs the registry's. */
    @Test
    @Timeout(60)
    void aRefreshThatMakesABeanAndABeanThatIsBeingMadeDoNotWaitForEachOther() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Startup.runner()
                .withBean("lazy", Lazy.class)
                .withBean(
                        "slow",
                        SlowLazy.class,
                        () -> new SlowLazy(begun, goOn),
                        definition -> definition.setLazyInit(true))
                .withBean("rule", Rule.class, Rule::new, definition -> definition.setLazyInit(true))
                .run(context -> {
                    ConfigurableApplicationContext source =
                            context.getSourceApplicationContext(ConfigurableApplicationContext.class);
                    PlanRegistry registry = context.getBean(PlanRegistry.class);
                    CompletableFuture<Object> made = CompletableFuture.supplyAsync(() -> source.getBean("slow"));
                    opened(begun);
                    Settings.Builder settings = new Settings.Builder();
                    settings.named("lazy.find", "retry", "predicate", new Setting("rule", "the test"));
                    Thread refresher = new Thread(() -> registry.tune(settings.build()), "refresher");
                    refresher.start();
                    Results.until(() -> refresher.getState() != Thread.State.RUNNABLE);

                    goOn.countDown();

                    Results.until(made::isDone);
                    assertThat(made).isCompletedWithValueMatching(SlowLazy.class::isInstance);
                    Results.until(() -> !refresher.isAlive());
                });
    }

    private static void opened(CountDownLatch latch) {
        Results.until(() -> latch.getCount() == 0);
    }
}
