package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Race;
import dev.settle.annotation.Debounce;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.CallListener;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Of calls that come together, each but the first tells that it shares a run. */
class CoalescedRaceTests {

    private static final int ROUNDS = 2_000;

    private final VirtualTime time = new VirtualTime();
    private final AtomicInteger coalesced = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();

    static class Index {

        @Debounce(value = "1s", key = "#key")
        public CompletableFuture<Integer> search(int key) {
            return CompletableFuture.completedFuture(key);
        }
    }

    @Test
    void twoCallsAtTheSameMomentAreOneThatSharesAnothersRun() {
        Startup.runner(this.time)
                .withBean("index", Index.class)
                .withBean(CallListener.class, () -> event -> {
                    if (event.type() == DebounceEvent.COALESCED) {
                        this.coalesced.incrementAndGet();
                    }
                })
                .run(context -> {
                    Index index = context.getBean(Index.class);
                    try (Race race = new Race()) {
                        race.repeat(ROUNDS, () -> {
                            int key = this.keys.incrementAndGet();
                            return Race.between(() -> index.search(key), () -> index.search(key));
                        });
                    }
                    this.time.advance(Duration.ofSeconds(1));

                    assertThat(this.coalesced).hasValue(this.keys.get());
                });
    }
}
