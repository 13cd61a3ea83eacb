package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.AsyncCall;
import dev.settle.core.CallListener;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** All six policies together: the same seed and the same schedule give the same story, to the nanosecond. */
class SixPoliciesDeterminismTests {

    static class Market {

        @Debounce(value = "20ms", key = "#key", maxWait = "60ms")
        @Timeout(value = "3s", scope = Timeout.Scope.TOTAL)
        @Retry(maxRetries = 3, delay = "50ms", jitter = Retry.Jitter.NONE)
        @Throttle(limit = 3, window = "200ms")
        @Timeout("500ms")
        @Exclusive(key = "#key")
        @Bulkhead(2)
        public CompletableFuture<String> find(int key, AsyncCall<String> work) throws Exception {
            return work.start().toCompletableFuture();
        }
    }

    /** One afternoon at the market. */
    private static final class Story {

        private final VirtualTime time = new VirtualTime();
        private final long origin = this.time.nanoTime();
        private final Random random;
        private final List<String> lines = new ArrayList<>();

        Story(long seed) {
            this.random = new Random(seed);
        }

        private void tell(String line) {
            this.lines.add((this.time.nanoTime() - this.origin) + " " + line);
        }

        List<String> lines() {
            CallListener listener = event -> tell(event.type() + " of " + event.name());
            Startup.runner(this.time)
                    .withBean(Market.class)
                    .withBean(CallListener.class, () -> listener)
                    .run(context -> {
                        Market market = context.getBean(Market.class);
                        for (int caller = 0; caller < 100; caller++) {
                            call(market, caller);
                            this.time.advance(Duration.ofMillis(this.random.nextInt(50)));
                        }
                        this.time.advance(Duration.ofMinutes(10));
                        assertThat(this.time.pending()).isZero();
                    });
            return this.lines;
        }

        private void call(Market market, int caller) throws Exception {
            CompletableFuture<String> call = market.find(this.random.nextInt(5), () -> {
                tell("attempt of " + caller);
                CompletableFuture<String> work = new CompletableFuture<>();
                this.time.schedule(this.random.nextInt(800_000_000), () -> end(work));
                return work;
            });
            call.whenComplete((value, failure) -> tell(caller + " has " + value + ", " + name(failure)));
            if (this.random.nextInt(10) == 0) {
                this.time.schedule(this.random.nextInt(400_000_000), () -> call.cancel(true));
            }
        }

        private void end(CompletableFuture<String> work) {
            if (this.random.nextBoolean()) {
                work.complete("7.30");
            } else {
                work.completeExceptionally(new IOException("reset"));
            }
        }

        private static String name(Throwable failure) {
            return (failure == null) ? "no failure" : failure.getClass().getSimpleName();
        }
    }

    @Test
    void twoRunsWithOneSeedAreTheSame() {
        List<String> story = new Story(42).lines();

        assertThat(story).hasSizeGreaterThan(300).isEqualTo(new Story(42).lines());
        for (String event : List.of("LET_IN", "TIMED_OUT", "RETRY", "COALESCED", "has 7.30", "AbortedException")) {
            assertThat(story).as("what happens").anyMatch(line -> line.contains(event));
        }
    }

    @Test
    void twoRunsWithDifferentSeedsAreNot() {
        assertThat(new Story(42).lines()).isNotEqualTo(new Story(43).lines());
    }
}
