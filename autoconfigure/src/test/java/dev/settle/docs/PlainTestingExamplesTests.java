package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.Policy;
import dev.settle.docs.TestingExamplesTests.Network;
import dev.settle.policy.debounce.Debouncer;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The code of docs/testing.md without Spring, which is run here. */
class PlainTestingExamplesTests {

    private final Network network = new Network();

    @AutoClose("assertSettled")
    private final VirtualTime time = new VirtualTime();

    @Test
    void searchesOnceWhenNobodyHasTypedForTenMinutes() {
        Debouncer<String, String> search = Debouncer.after(Duration.ofMinutes(10), this.network::send)
                .time(this.time)
                .build();
        CompletableFuture<String> found = this.time.watch(search.call("c"));
        this.time.advance(Duration.ofMinutes(9));
        search.call("con");
        this.time.advance(Duration.ofMinutes(10));
        this.network.reply(0, "concurrency");

        assertThat(this.network.requests).containsExactly("con");
        assertThat(found).isCompletedWithValue("concurrency");
    }

    @Test
    void asksAgain() {
        RetryPolicy retry = RetryPolicy.times(3).time(this.time).build();
        CompletableFuture<String> reply = this.time.watch(retry.call(() -> this.network.send("order")));
        this.network.fail(0);
        this.time.advance(Duration.ofSeconds(1));
        this.network.reply(1, "done");

        assertThat(reply).isCompletedWithValue("done");
    }

    /** What is asked and given up, each with the time at which it happens. */
    private static List<String> log(long seed) {
        VirtualTime time = VirtualTime.seeded(seed);
        long start = time.nanoTime();
        List<String> log = new ArrayList<>();
        Policy rules =
                RetryPolicy.times(3).time(time).build().around(TimeoutPolicy.of(Duration.ofMinutes(5), true, time));
        for (String item : List.of("lamp", "desk")) {
            CompletableFuture<String> price = rules.call(() -> {
                log.add(Duration.ofNanos(time.nanoTime() - start) + " " + item);
                return new CompletableFuture<>();
            });
            price.whenComplete((found, failure) -> log.add(Duration.ofNanos(time.nanoTime() - start) + " " + failure));
        }
        time.advance(Duration.ofHours(1));
        time.assertSettled();
        return log;
    }

    @Test
    void oneSeedTellsOneStory() {
        assertThat(log(7)).hasSize(10).isEqualTo(log(7)).isNotEqualTo(log(8));
    }
}
