package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallTimeoutException;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.test.FailOnUnobservedFailures;
import dev.settle.test.VirtualTime;
import dev.settle.test.WithVirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The code of docs/testing.md for a Spring context, which is run here. */
class TestingExamplesTests {

    /** The network, as the test wants it: requests are kept, and answered by hand. */
    static class Network implements Client {

        final List<String> requests = new ArrayList<>();
        final List<CompletableFuture<String>> replies = new ArrayList<>();

        @Override
        public CompletableFuture<String> send(String request) {
            this.requests.add(request);
            this.replies.add(new CompletableFuture<>());
            return this.replies.get(this.replies.size() - 1);
        }

        void reply(int number, String text) {
            this.replies.get(number).complete(text);
        }

        void fail(int number) {
            this.replies.get(number).completeExceptionally(new IllegalStateException("down"));
        }
    }

    static class Shop {

        private final Client client;

        Shop(Client client) {
            this.client = client;
        }

        @Debounce("10m")
        public CompletableFuture<String> search(String typed) {
            return this.client.send("search " + typed);
        }

        @Retry(maxRetries = 2, delay = "5s")
        public CompletableFuture<String> price(String item) {
            return this.client.send("price of " + item);
        }

        @Timeout("1h")
        public CompletableFuture<String> order(String item) {
            return this.client.send("order " + item);
        }

        @Throttle(limit = 1, window = "20s")
        public CompletableFuture<String> news() {
            return this.client.send("news");
        }

        @Bulkhead(value = 1, queueCapacity = 0)
        public CompletableFuture<String> draw() {
            return this.client.send("draw");
        }

        @Exclusive(key = "#account")
        public CompletableFuture<String> book(String account, int amount) {
            return this.client.send(account + " " + amount);
        }
    }

    @Nested
    @SpringBootTest(classes = {SettleAutoConfiguration.class, Shop.class, Network.class})
    @WithVirtualTime
    @FailOnUnobservedFailures
    class ShopTests {

        @Autowired
        private VirtualTime time;

        @Autowired
        private Network network;

        @Autowired
        private Shop shop;

        @BeforeEach
        void forget() {
            this.network.requests.clear();
            this.network.replies.clear();
            // What one test has started must not count for the next: its windows are over.
            this.time.advance(Duration.ofHours(2));
        }

        @Test
        void searchesOnceWhenTheUserHasPausedForTenMinutes() {
            CompletableFuture<String> first = this.shop.search("c");
            this.time.advance(Duration.ofMinutes(9));
            CompletableFuture<String> second = this.shop.search("con");
            this.time.advance(Duration.ofMinutes(10));
            this.network.reply(0, "concurrency");

            assertThat(this.network.requests).containsExactly("search con");
            assertThat(first).isCompletedWithValue("concurrency");
            assertThat(second).isCompletedWithValue("concurrency");
        }

        @Test
        void asksAgainAfterABackoff() {
            CompletableFuture<String> price = this.shop.price("lamp");
            this.network.fail(0);
            this.time.advanceToNext();
            this.network.reply(1, "7.30");

            assertThat(price).isCompletedWithValue("7.30");
        }

        @Test
        void givesUpAfterAnHour() {
            CompletableFuture<String> order = this.shop.order("lamp");
            this.time.advance(Duration.ofHours(1));

            assertThat(order)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(CallTimeoutException.class);
            assertThat(this.network.replies.get(0)).isCancelled();
        }

        @Test
        void readsTheNewsEveryTwentySeconds() {
            CompletableFuture<String> first = this.shop.news();
            CompletableFuture<String> second = this.shop.news();
            assertThat(this.network.requests).hasSize(1);
            this.time.advance(Duration.ofSeconds(20));
            assertThat(this.network.requests).hasSize(2);
            this.network.reply(0, "good");
            this.network.reply(1, "better");

            assertThat(first).isCompletedWithValue("good");
            assertThat(second).isCompletedWithValue("better");
        }

        @Test
        void drawsOneAtATime() {
            CompletableFuture<String> first = this.shop.draw();
            CompletableFuture<String> second = this.shop.draw();
            this.network.reply(0, "drawn");

            assertThat(first).isCompletedWithValue("drawn");
            assertThat(second)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(CallRejectedException.class);
        }

        @Test
        void booksOneAfterAnotherForEachAccount() {
            CompletableFuture<String> first = this.shop.book("ann", 1);
            CompletableFuture<String> second = this.shop.book("ann", 2);
            assertThat(this.network.requests).containsExactly("ann 1");
            this.network.reply(0, "booked");
            this.network.reply(1, "booked");

            assertThat(first).isCompletedWithValue("booked");
            assertThat(second).isCompletedWithValue("booked");
        }
    }
}
