package dev.settle.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.settle.activity.Activity;
import dev.settle.annotation.Bulkhead;
import dev.settle.autoconfigure.Startup;
import dev.settle.plan.PlanRegistry;
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

    static <T> T at(Frame frame, String path) {
        return JsonPath.read(frame.json(), path);
    }

    static Frame only(List<Frame> frames) {
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
    void stoppingIsTold() {
        look((feed, desk) -> {
            feed.stop();

            assertThat(FeedTests.<Boolean>at(only(feed.after(null, -1)), "$.stopping"))
                    .isTrue();
        });
    }
}
