package dev.settle.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.settle.CallRejectedException;
import dev.settle.CallTimeoutException;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each policy on a private method, and on timers. */
@Tag("woven")
class PoliciesWovenTests {

    private final VirtualTime time = new VirtualTime();

    private void with(Consumer<Shop> test) {
        Woven.runner(this.time).withBean(Shop.class).run(context -> test.accept(context.getBean(Shop.class)));
    }

    static class Shop {

        private final List<String> runs = new ArrayList<>();
        private final List<CompletableFuture<String>> replies = new ArrayList<>();

        private CompletableFuture<String> send(String request) {
            this.runs.add(request);
            this.replies.add(new CompletableFuture<>());
            return this.replies.get(this.replies.size() - 1);
        }

        public List<String> runs() {
            return this.runs;
        }

        public void reply(int index, String reply) {
            this.replies.get(index).complete(reply);
        }

        public void fail(int index) {
            this.replies.get(index).completeExceptionally(new IllegalStateException("refused"));
        }

        @Retry(delay = "1s", jitter = Retry.Jitter.NONE)
        private CompletableFuture<String> retried(String request) {
            return send(request);
        }

        @Timeout("1s")
        private CompletableFuture<String> timed(String request) {
            return send(request);
        }

        @Debounce("1s")
        private CompletableFuture<String> debounced(String request) {
            return send(request);
        }

        @Throttle(limit = 1, window = "1s")
        private CompletableFuture<String> throttled(String request) {
            return send(request);
        }

        @Bulkhead(value = 1, maxWait = "0s")
        private CompletableFuture<String> bulkheaded(String request) {
            return send(request);
        }

        @Exclusive(key = "#request")
        private CompletableFuture<String> locked(String request) {
            return send(request);
        }

        @Debounce("1s")
        private void noted(String request) {
            this.runs.add(request);
        }

        public CompletableFuture<String> retry(String request) {
            return retried(request);
        }

        public CompletableFuture<String> timeout(String request) {
            return timed(request);
        }

        public CompletableFuture<String> debounce(String request) {
            return debounced(request);
        }

        public CompletableFuture<String> throttle(String request) {
            return throttled(request);
        }

        public CompletableFuture<String> bulkhead(String request) {
            return bulkheaded(request);
        }

        public CompletableFuture<String> lock(String request) {
            return locked(request);
        }

        public void note(String request) {
            noted(request);
        }
    }

    @Test
    void aRetryComesAfterItsDelay() {
        with(shop -> {
            CompletableFuture<String> found = shop.retry("tea");
            shop.fail(0);
            this.time.advance(Duration.ofSeconds(1));
            shop.fail(1);
            this.time.advance(Duration.ofSeconds(2));
            shop.reply(2, "7.30");

            assertThat(shop.runs()).containsExactly("tea", "tea", "tea");
            assertThat(found).isCompletedWithValue("7.30");
        });
    }

    @Test
    void aTimeoutEndsTheCall() {
        with(shop -> {
            CompletableFuture<String> found = shop.timeout("tea");
            this.time.advance(Duration.ofSeconds(1));

            assertThat(Results.failure(found)).isInstanceOf(CallTimeoutException.class);
        });
    }

    @Test
    void aDebounceRunsTheLatestArgumentsOnATimer() {
        with(shop -> {
            CompletableFuture<String> first = shop.debounce("t");
            CompletableFuture<String> last = shop.debounce("tea");
            assertThat(shop.runs()).isEmpty();
            this.time.advance(Duration.ofSeconds(1));
            shop.reply(0, "7.30");

            assertThat(shop.runs()).containsExactly("tea");
            assertThat(List.of(first, last)).allSatisfy(one -> assertThat(one).isCompletedWithValue("7.30"));
        });
    }

    @Test
    void aDebouncedVoidMethodReturnsAtOnce() {
        with(shop -> {
            shop.note("t");
            shop.note("tea");
            assertThat(shop.runs()).isEmpty();
            this.time.advance(Duration.ofSeconds(1));

            assertThat(shop.runs()).containsExactly("tea");
        });
    }

    @Test
    void aThrottleSpacesTheStarts() {
        with(shop -> {
            shop.throttle("tea");
            shop.throttle("milk");
            assertThat(shop.runs()).containsExactly("tea");
            this.time.advance(Duration.ofSeconds(1));

            assertThat(shop.runs()).containsExactly("tea", "milk");
        });
    }

    @Test
    void aBulkheadRefusesWhatIsTooMuch() {
        with(shop -> {
            shop.bulkhead("tea");

            assertThat(Results.failure(shop.bulkhead("milk")))
                    .asInstanceOf(THROWABLE)
                    .isInstanceOf(CallRejectedException.class);
            assertThat(shop.runs()).containsExactly("tea");
        });
    }

    @Test
    void aLockIsHeldForItsKey() {
        with(shop -> {
            shop.lock("tea");
            shop.lock("tea");
            shop.lock("milk");
            assertThat(shop.runs()).containsExactly("tea", "milk");
            shop.reply(0, "7.30");

            assertThat(shop.runs()).containsExactly("tea", "milk", "tea");
        });
    }
}
