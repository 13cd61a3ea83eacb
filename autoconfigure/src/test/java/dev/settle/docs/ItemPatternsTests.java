package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallTimeoutException;
import dev.settle.core.Results;
import dev.settle.flow.Outcome;
import dev.settle.policy.debounce.Debouncer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.adapter.JdkFlowAdapter;

/** The patterns of docs/patterns.md for many items, and for one call with rules around it. */
class ItemPatternsTests {

    private static final List<String> SEVEN =
            IntStream.range(0, 7).mapToObj(i -> "id" + i).toList();

    private final HandClient api = new HandClient();
    private final ItemPatterns patterns = new ItemPatterns(this.api);

    private void replyToAll() {
        for (int i = 0; i < this.api.replies.size(); i++) {
            this.api.reply(i, "reply to " + this.api.requests.get(i));
        }
    }

    @Test
    void sequentialIsOneAfterAnother() {
        CompletableFuture<List<String>> all = this.patterns.sequential(SEVEN);
        assertThat(this.api.requests).hasSize(1);

        replyToAll();

        assertThat(this.api.requests).isEqualTo(SEVEN);
        assertThat(all.join()).hasSize(7).startsWith("reply to id0");
    }

    @Test
    void parallelIsAllAtOnce() {
        CompletableFuture<List<String>> all = this.patterns.parallel(SEVEN);
        assertThat(this.api.requests).hasSize(7);

        replyToAll();

        assertThat(all.join()).endsWith("reply to id6");
    }

    @Test
    void batchesComeOneAfterAnother() {
        List<String> twelve = IntStream.range(0, 12).mapToObj(i -> "id" + i).toList();
        CompletableFuture<List<String>> all = this.patterns.batched(twelve);
        assertThat(this.api.requests).hasSize(10);

        replyToAll();

        assertThat(this.api.requests).hasSize(12);
        assertThat(all.join()).hasSize(12);
    }

    @Test
    void poolHasSoManyAtATime() {
        CompletableFuture<List<String>> all = this.patterns.pool(SEVEN);
        assertThat(this.api.requests).hasSize(5);
        this.api.reply(3, "first");
        assertThat(this.api.requests).hasSize(6);

        replyToAll();

        assertThat(all.join()).hasSize(7).contains("first");
    }

    @Test
    void settledOnesMayHaveFailed() {
        CompletableFuture<Long> done = this.patterns.allSettled(List.of("a", "b", "c"));

        this.api.reply(0, "done");
        this.api.replies.get(1).completeExceptionally(new IllegalStateException("broken"));
        this.api.reply(2, "done");

        assertThat(done).isCompletedWithValue(2L);
    }

    @Test
    void retryTriesAgain() throws Exception {
        CompletableFuture<String> reply = this.patterns.retry("a");

        this.api.replies.get(0).completeExceptionally(new IllegalStateException("not yet"));
        Results.until(() -> this.api.replies.size() == 2);
        this.api.reply(1, "done");

        assertThat(Results.await(reply)).isEqualTo("done");
    }

    @Test
    void timeoutLetsThroughWhatIsInTime() {
        CompletableFuture<String> reply = this.patterns.timeout("a");

        this.api.reply(0, "done");

        assertThat(reply).isCompletedWithValue("done");
    }

    @Test
    void rulesNest() throws Exception {
        CompletableFuture<String> reply = this.patterns.rules().call(() -> this.api.send("a"));

        this.api.replies.get(0).completeExceptionally(new IllegalStateException("not yet"));
        Results.until(() -> this.api.replies.size() == 2);
        this.api.reply(1, "done");

        assertThat(Results.await(reply)).isEqualTo("done");
    }

    @Test
    void debounceRunsOnceForAll() throws Exception {
        try (Debouncer<String, String> search = this.patterns.debounce()) {
            List<CompletableFuture<String>> found = new ArrayList<>();
            List.of("c", "co", "con").forEach(typed -> found.add(search.call(typed)));
            Results.until(() -> !this.api.requests.isEmpty());
            this.api.reply(0, "concurrency");

            for (CompletableFuture<String> one : found) {
                assertThat(Results.await(one)).isEqualTo("concurrency");
            }
            assertThat(this.api.requests).containsExactly("con");
        }
    }

    @Test
    void throttleLetsSoManyStart() {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        dev.settle.policy.throttle.ThrottlePolicy throttle = this.patterns.throttle();
        for (int i = 0; i < 51; i++) {
            String id = "id" + i;
            calls.add(throttle.call(() -> this.api.send(id)));
        }

        assertThat(this.api.requests).hasSize(50);
        calls.get(50).cancel(true);
    }

    private static CompletableFuture<ItemPatterns.Page> page(String cursor) {
        return CompletableFuture.completedFuture(
                cursor.equals("first")
                        ? new ItemPatterns.Page(List.of("a", "b"), Optional.of("second"))
                        : new ItemPatterns.Page(List.of("c"), Optional.empty()));
    }

    @Test
    void pagesAreHandledOneAfterAnother() {
        List<String> all = new ArrayList<>();

        assertThat(this.patterns.iterate(ItemPatternsTests::page, all)).isDone();

        assertThat(all).containsExactly("a", "b", "c");
    }

    @Test
    void pagesAreGeneratedOnRequest() throws Exception {
        assertThat(Results.await(JdkFlowAdapter.flowPublisherToFlux(this.patterns.generate(ItemPatternsTests::page))
                        .flatMapIterable(ItemPatterns.Page::orders)
                        .buffer(2)
                        .collectList()
                        .toFuture()))
                .containsExactly(List.of("a", "b"), List.of("c"));
    }

    @Test
    void outcomeOfACallIsAValue() throws Exception {
        IllegalStateException broken = new IllegalStateException("broken");

        assertThat(this.patterns.outcome(() -> CompletableFuture.failedFuture(broken)))
                .isCompletedWithValue(new Outcome.Failed<>(broken));
    }

    @Test
    void timeoutIsTested() {
        CompletableFuture<String> call = new SharedPatterns(this.api).ofTenMinutes(new dev.settle.test.VirtualTime());

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
    }
}
