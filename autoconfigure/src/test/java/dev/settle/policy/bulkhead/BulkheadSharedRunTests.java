package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Logs;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.HandWork;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A run that waits for a permit on behalf of several callers. */
class BulkheadSharedRunTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();

    static class Search {

        private final HandWork work;

        Search(HandWork work) {
            this.work = work;
        }

        @Debounce("1s")
        @Bulkhead(value = 1, maxWait = "1h")
        public CompletableFuture<String> search(String name) {
            return this.work.start(name);
        }
    }

    @Test
    void callersWhoShareItAreNotInsideOneAnother() {
        Startup.runner(this.time)
                .withBean(Search.class, () -> new Search(this.work))
                .run(context -> {
                    Search search = context.getBean(Search.class);
                    try (Logs logs = new Logs(BulkheadStep.class)) {
                        search.search("holder");
                        this.time.advance(Duration.ofSeconds(1));
                        search.search("waiter");
                        CompletableFuture<String> waiter = search.search("waiter");
                        this.time.advance(Duration.ofSeconds(1));
                        assertThat(this.work.started()).containsExactly("holder");

                        assertThat(logs.records()).isEmpty();
                        this.work.end("holder");
                        this.work.end("waiter");
                        assertThat(waiter).isCompletedWithValue("waiter");
                    }
                });
    }
}
