package dev.settle.ui;

import static dev.settle.ui.FeedTests.at;
import static dev.settle.ui.FeedTests.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.activity.Activity;
import dev.settle.annotation.Bulkhead;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Attributes;
import dev.settle.core.Call;
import dev.settle.core.Next;
import dev.settle.core.PolicyBinding;
import dev.settle.core.PolicyContext;
import dev.settle.core.Step;
import dev.settle.plan.PlanRegistry;
import dev.settle.plan.PolicyBindings;
import dev.settle.policy.bulkhead.BulkheadBinding;
import dev.settle.policy.fallback.Fallback;
import dev.settle.policy.fallback.FallbackSettings;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Lanes that have more to tell than is shown, and one that cannot tell. */
class LanesTests {

    private final VirtualTime time = new VirtualTime();

    private ApplicationContextRunner app() {
        return Startup.runner(this.time).withBean(Activity.class, () -> new Activity(this.time));
    }

    private void look(ApplicationContextRunner app, BiConsumer<Feed, ApplicationContext> looks) {
        app.run(context -> {
            looks.accept(
                    new Feed(context.getBean(PlanRegistry.class), context.getBean(Activity.class), this.time, Map::of),
                    context);
            // What is left ends when nobody asks any more.
            this.time.advance(Duration.ofSeconds(30));
        });
    }

    private void tick() {
        this.time.advance(Duration.ofNanos(Feed.INTERVAL));
    }

    private static void times(int times, Runnable does) {
        for (int i = 0; i < times; i++) {
            does.run();
        }
    }

    static class Shop {

        @Bulkhead(10)
        public CompletableFuture<String> sell() {
            return CompletableFuture.completedFuture("1");
        }
    }

    @Test
    void burstAfterQuietShowsSomeOfItsCallsAndCountsAll() {
        look(app().withBean(Shop.class), (feed, context) -> {
            Frame first = only(feed.after(null, -1));
            times(Feed.TICKS_A_SECOND, this::tick);
            times(100, context.getBean(Shop.class)::sell);
            tick();
            List<Frame> next = feed.after(first.run(), first.number());
            Frame last = next.get(next.size() - 1);

            assertThat(FeedTests.<Integer>at(last, "$.lanes[0].begun")).isEqualTo(100);
            assertThat(FeedTests.<Integer>at(last, "$.lanes[0].unseen")).isEqualTo(100 - Lanes.BURST);
            assertThat(FeedTests.<List<Object>>at(last, "$.calls")).hasSize(Lanes.BURST);
        });
    }

    @Test
    void busyMethodsTakeTurns() {
        int shops = 60;
        int ticks = 12;
        ApplicationContextRunner app = app();
        for (int i = 0; i < shops; i++) {
            app = app.withBean("shop" + i, Shop.class);
        }
        look(app, (feed, context) -> {
            feed.after(null, -1);
            times(ticks, () -> {
                context.getBeansOfType(Shop.class).values().forEach(shop -> times(30, shop::sell));
                tick();
                feed.after(null, -1);
            });

            List<Integer> unseen = at(only(feed.after(null, -1)), "$.lanes[*].unseen");
            int seen = unseen.stream().mapToInt(count -> 30 * ticks - count).sum();
            assertThat(unseen).hasSize(shops).allMatch(count -> count < 30 * ticks);
            assertThat(seen).isLessThanOrEqualTo(Feed.CALLS_IN_ALL + ticks * Feed.CALLS_IN_ALL / Feed.TICKS_A_SECOND);
        });
    }

    @Test
    void callsThatHaveEndedTakeNoRoom() {
        ApplicationContextRunner app = app();
        for (int i = 0; i < Feed.CALLS_IN_ALL / Feed.CALLS_PER_LANE; i++) {
            app = app.withBean("shop" + i, Shop.class);
        }
        look(app, (feed, context) -> {
            Frame last = only(feed.after(null, -1));
            // As long as ended calls are kept for who comes later.
            for (int i = 0; i < 15 * Feed.TICKS_A_SECOND; i++) {
                context.getBeansOfType(Shop.class).values().forEach(shop -> times(30, shop::sell));
                tick();
                last = only(feed.after(last.run(), last.number()));

                assertThat(last.json()).as("has bars").contains("\"calls\":");
            }
        });
    }

    /** A policy of somebody else's. */
    static final class Mute implements PolicyBinding<FallbackSettings> {

        @Override
        public String policy() {
            return "fallback";
        }

        @Override
        public Class<Fallback> annotation() {
            return Fallback.class;
        }

        @Override
        public FallbackSettings settings(Attributes attributes) {
            return new FallbackSettings(attributes.text("value"));
        }

        @Override
        public Step create(FallbackSettings settings, PolicyContext context) {
            return new Step() {

                @Override
                public CompletableFuture<Object> apply(Call call, Next next) {
                    return next.start(call);
                }

                @Override
                public Map<String, Long> state() {
                    throw new IllegalStateException("no words");
                }
            };
        }
    }

    static class Prices {

        @Fallback("unknown")
        public CompletableFuture<String> find() {
            return new CompletableFuture<>();
        }
    }

    @Test
    void policyThatCannotSayItsStateStopsNothing() {
        ApplicationContextRunner app = app().withBean(
                        PolicyBindings.class, () -> new PolicyBindings(List.of(new Mute(), new BulkheadBinding())))
                .withBean(Prices.class)
                .withBean(Shop.class);
        look(app, (feed, context) -> {
            Frame first = only(feed.after(null, -1));

            assertThat(FeedTests.<List<String>>at(first, "$.lanes[*].policies[*]"))
                    .containsExactlyInAnyOrder("fallback", "bulkhead");
        });
    }
}
