package dev.settle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
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

/** Frames for whoever looks, and nothing for nobody. */
class FeedTests {

    private final VirtualTime time = new VirtualTime();

    static class Desk {

        @Bulkhead(value = 2, key = "#customer", name = "quote")
        public CompletableFuture<String> quote(String customer, CompletableFuture<String> answer) {
            return answer;
        }
    }

    private void look(BiConsumer<Feed, Desk> looks) {
        ApplicationContextRunner app = Startup.runner(this.time)
                .withBean(Activity.class, () -> new Activity(this.time))
                .withBean(Desk.class);
        app.run(context -> {
            Feed feed =
                    new Feed(context.getBean(PlanRegistry.class), context.getBean(Activity.class), this.time, Map::of);
            looks.accept(feed, context.getBean(Desk.class));
            // What is left ends when nobody asks any more.
            this.time.advance(Duration.ofSeconds(30));
        });
    }

    private void tick() {
        this.time.advance(Duration.ofNanos(Feed.INTERVAL));
    }

    private static <T> T at(Frame frame, String path) {
        return JsonPath.read(frame.json(), path);
    }

    private static Frame only(List<Frame> frames) {
        assertThat(frames).hasSize(1);
        return frames.get(0);
    }

    @Test
    void whoComesFirstGetsAllThereIs() {
        look((feed, desk) -> {
            Frame first = only(feed.after(null, -1));

            assertThat(FeedTests.<Boolean>at(first, "$.full")).isTrue();
            assertThat(FeedTests.<List<String>>at(first, "$.lanes[*].name")).containsExactly("quote");
            assertThat(FeedTests.<List<String>>at(first, "$.lanes[0].policies")).containsExactly("bulkhead");
        });
    }

    @Test
    void thenWhatHasChanged() {
        look((feed, desk) -> {
            Frame first = only(feed.after(null, -1));
            desk.quote("alice", new CompletableFuture<>());
            tick();
            Frame second = only(feed.after(first.run(), first.number()));
            tick();
            Frame third = only(feed.after(first.run(), second.number()));

            assertThat(FeedTests.<Integer>at(second, "$.lanes[0].inFlight")).isEqualTo(1);
            assertThat(FeedTests.<List<List<Object>>>at(second, "$.calls[0].events"))
                    .extracting(event -> event.get(1))
                    .containsExactly("begin", "attempt");
            assertThat(third.json()).doesNotContain("lanes").doesNotContain("calls");
        });
    }

    @Test
    void argumentsAndKeysAreNotShown() {
        look((feed, desk) -> {
            Frame first = only(feed.after(null, -1));
            desk.quote("alice", CompletableFuture.failedFuture(new IllegalStateException("secret of alice")));
            tick();

            assertThat(only(feed.after(first.run(), first.number())).json())
                    .contains("failure")
                    .doesNotContain("alice");
        });
    }

    @Test
    void whoIsTooFarBehindGetsAllThereIs() {
        look((feed, desk) -> {
            Frame first = only(feed.after(null, -1));
            desk.quote("alice", new CompletableFuture<>());
            long after = first.number();
            for (int i = 0; i < 60; i++) {
                tick();
                feed.after(first.run(), first.number() + i);
            }

            Frame all = only(feed.after(first.run(), after));
            assertThat(FeedTests.<Boolean>at(all, "$.full")).isTrue();
            assertThat(FeedTests.<List<Object>>at(all, "$.calls"))
                    .as("it goes on")
                    .hasSize(1);
        });
    }

    @Test
    void whoHasReadAnotherRunGetsAllThereIs() {
        look((feed, desk) -> {
            Frame first = only(feed.after("another", 17));

            assertThat(FeedTests.<Boolean>at(first, "$.full")).isTrue();
        });
    }

    @Test
    void nothingIsDoneWhenNobodyAsks() {
        look((feed, desk) -> {
            Frame first = only(feed.after(null, -1));
            this.time.advance(Duration.ofSeconds(30));

            assertThat(this.time.pending()).as("no timer").isZero();
            assertThat(only(feed.after(first.run(), first.number())).run()).isNotEqualTo(first.run());
        });
    }

    @Test
    void callsThatEndedAreForgotten() {
        look((feed, desk) -> {
            Frame last = only(feed.after(null, -1));
            desk.quote("alice", CompletableFuture.completedFuture("1"));
            for (int i = 0; i < 80; i++) {
                tick();
                List<Frame> next = feed.after(last.run(), last.number());
                last = next.get(next.size() - 1);
            }

            assertThat(FeedTests.<List<Object>>at(only(feed.after(null, -1)), "$.calls"))
                    .isEmpty();
        });
    }

    @Test
    void burstAfterQuietShowsSomeOfItsCallsAndCountsAll() {
        look((feed, desk) -> {
            Frame first = only(feed.after(null, -1));
            times(Feed.TICKS_A_SECOND, this::tick);
            times(100, () -> desk.quote("alice", CompletableFuture.completedFuture("1")));
            tick();
            List<Frame> next = feed.after(first.run(), first.number());
            Frame last = next.get(next.size() - 1);

            assertThat(FeedTests.<Integer>at(last, "$.lanes[0].begun")).isEqualTo(100);
            assertThat(FeedTests.<Integer>at(last, "$.lanes[0].unseen")).isEqualTo(100 - Lanes.BURST);
            assertThat(FeedTests.<List<Object>>at(last, "$.calls")).hasSize(Lanes.BURST);
        });
    }

    static class Shop {

        @Bulkhead(10)
        public CompletableFuture<String> sell() {
            return CompletableFuture.completedFuture("1");
        }
    }

    @Test
    void busyMethodsTakeTurns() {
        int shops = 60;
        ApplicationContextRunner app =
                Startup.runner(this.time).withBean(Activity.class, () -> new Activity(this.time));
        for (int i = 0; i < shops; i++) {
            app = app.withBean("shop" + i, Shop.class);
        }
        app.run(context -> {
            Feed feed =
                    new Feed(context.getBean(PlanRegistry.class), context.getBean(Activity.class), this.time, Map::of);
            feed.after(null, -1);
            int ticks = 12;
            for (int i = 0; i < ticks; i++) {
                context.getBeansOfType(Shop.class).values().forEach(shop -> times(30, shop::sell));
                tick();
                feed.after(null, -1);
            }

            List<Integer> unseen = at(only(feed.after(null, -1)), "$.lanes[*].unseen");
            int seen = unseen.stream().mapToInt(count -> 30 * ticks - count).sum();
            assertThat(unseen).hasSize(shops).allMatch(count -> count < 30 * ticks);
            assertThat(seen).isLessThanOrEqualTo(Feed.CALLS_IN_ALL + ticks * Feed.CALLS_IN_ALL / Feed.TICKS_A_SECOND);
            this.time.advance(Duration.ofSeconds(30));
        });
    }

    private static void times(int times, Runnable does) {
        for (int i = 0; i < times; i++) {
            does.run();
        }
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
        Startup.runner(this.time)
                .withBean(PolicyBindings.class, () -> new PolicyBindings(List.of(new Mute(), new BulkheadBinding())))
                .withBean(Activity.class, () -> new Activity(this.time))
                .withBean(Prices.class)
                .withBean(Desk.class)
                .run(context -> {
                    Feed feed = new Feed(
                            context.getBean(PlanRegistry.class), context.getBean(Activity.class), this.time, Map::of);

                    Frame first = only(feed.after(null, -1));

                    assertThat(FeedTests.<List<String>>at(first, "$.lanes[*].policies[*]"))
                            .containsExactlyInAnyOrder("fallback", "bulkhead");
                    this.time.advance(Duration.ofSeconds(30));
                });
    }

    @Test
    void stoppingIsTold() {
        look((feed, desk) -> {
            feed.stop();

            assertThat(FeedTests.<Boolean>at(only(feed.after(null, -1)), "$.stopping"))
                    .isTrue();
        });
    }
}
