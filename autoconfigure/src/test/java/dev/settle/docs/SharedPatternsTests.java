package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.Results;
import dev.settle.flow.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The patterns of docs/patterns.md for what several share, and for what goes from one to another. */
class SharedPatternsTests {

    private final HandClient api = new HandClient();
    private final SharedPatterns patterns = new SharedPatterns(this.api);

    @Test
    void semaphoreIsSharedByAll() {
        CompletableFuture<List<String>> one = this.patterns.limited(List.of("a", "b"));
        CompletableFuture<List<String>> other = this.patterns.limited(List.of("c", "d"));
        assertThat(this.api.requests).containsExactly("a", "b", "c");

        for (int i = 0; i < this.api.replies.size(); i++) {
            this.api.reply(i, "done");
        }

        assertThat(one).isDone();
        Results.until(() -> this.api.replies.size() == 4);
        this.api.reply(3, "done");
        assertThat(other.join()).hasSize(2);
    }

    @Test
    void mutexIsForOneAtATime() {
        this.patterns.alone("ann");
        this.patterns.alone("ann");
        this.patterns.alone("bob");

        assertThat(this.api.requests).containsExactly("close ann", "close bob");
    }

    @Test
    void transfersInBothDirectionsEnd() throws Exception {
        CompletableFuture<String> one = this.patterns.transfer("ann", "bob");
        CompletableFuture<String> other = this.patterns.transfer("bob", "ann");
        assertThat(this.api.requests).containsExactly("ann to bob");

        this.api.reply(0, "done");
        Results.until(() -> this.api.replies.size() == 2);
        this.api.reply(1, "done");

        assertThat(Results.await(one)).isEqualTo("done");
        assertThat(Results.await(other)).isEqualTo("done");
    }

    @Test
    void oneRunIsJoinedByAll() {
        CompletableFuture<String> one = this.patterns.join("sales");
        CompletableFuture<String> other = this.patterns.join("sales");

        this.api.reply(0, "drawn");

        assertThat(this.api.requests).containsExactly("draw sales");
        assertThat(one).isCompletedWithValue("drawn");
        assertThat(other.join()).isEqualTo("drawn");
    }

    @Test
    void nothingIsLockedDuringARequest() {
        assertThat(this.patterns.flush()).isDone();
        this.patterns.count();
    }

    @Test
    void computationsHaveAsManyThreadsAsProcessors() throws Exception {
        ExecutorService processors =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            assertThat(Results.await(this.patterns.compute(List.of("a", "bb", "ccc"), processors)))
                    .containsExactly(1, 2, 3);
        } finally {
            processors.shutdown();
        }
    }

    @Test
    void consumersEndWhenTheProducerCloses() {
        CompletableFuture<Void> packed = this.patterns.produceAndConsume(Channel.buffered(100));
        assertThat(this.api.requests).containsExactly("first", "second");

        this.api.reply(0, "packed");
        assertThat(packed).isNotDone();
        this.api.reply(1, "packed");

        assertThat(packed).isDone();
    }

    @Test
    void jobsFanOutAndResultsComeTogether() {
        Channel<String> jobs = Channel.buffered(10);
        Channel<String> results = Channel.buffered(10);
        this.patterns.fanOut(jobs, 2, results);
        List.of("a", "b", "c").forEach(jobs::send);
        jobs.close();
        assertThat(this.api.requests).containsExactly("a", "b");

        this.api.reply(1, "B");
        this.api.reply(0, "A");
        this.api.reply(2, "C");

        List<String> all = new ArrayList<>();
        for (Optional<String> next = results.receive().join();
                next.isPresent();
                next = results.receive().join()) {
            all.add(next.get());
        }
        assertThat(all).containsExactly("B", "A", "C");
    }

    @Test
    void jobThatFailsEndsTheFanOutForItsReaderToo() {
        Channel<String> jobs = Channel.buffered(10);
        Channel<String> results = Channel.rendezvous();
        this.patterns.fanOut(jobs, 1, results);
        CompletableFuture<Optional<String>> read = results.receive();
        jobs.send("a");
        IllegalStateException down = new IllegalStateException("down");

        this.api.replies.get(0).completeExceptionally(down);

        assertThat(Results.failure(read)).isSameAs(down);
    }

    @Test
    void channelsFanIn() {
        Channel<String> europe = Channel.buffered(1);
        Channel<String> asia = Channel.buffered(1);
        Channel<String> all = this.patterns.fanIn(europe, asia);

        europe.send("london");
        asia.send("tokyo");
        europe.close();
        asia.close();

        assertThat(all.receive().join()).contains("london");
        assertThat(all.receive().join()).contains("tokyo");
        assertThat(all.receive().join()).isEmpty();
    }

    @Test
    void slowReaderHasTheLatest() {
        List<String> missed = new ArrayList<>();
        Channel<String> prices = this.patterns.latest(missed::add);

        List.of("7.1", "7.2", "7.3").forEach(prices::send);

        assertThat(prices.tryReceive()).contains("7.3");
        assertThat(missed).containsExactly("7.1", "7.2");
    }
}
