package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Debounce;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.plan.RunTimeTuning;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The debounce of a bean's method is switched off by hand: what is pending comes before the calls after that. */
class DebouncedMethodSwitchedOffTests {

    private final VirtualTime time = new VirtualTime();

    static class Drafts {

        private final List<String> saved = new CopyOnWriteArrayList<>();

        @Debounce(name = "drafts", value = "1h")
        public void save(String text) {
            this.saved.add(text);
        }

        @Debounce(name = "drafts", value = "1h")
        public CompletableFuture<String> store(String text) {
            this.saved.add(text);
            return CompletableFuture.completedFuture(text);
        }

        @Debounce(name = "drafts", value = "1h")
        public String keep(String text) {
            this.saved.add(text);
            return text;
        }

        public List<String> saved() {
            return this.saved;
        }
    }

    private void run(BiConsumer<Drafts, RunTimeTuning> test) {
        Startup.runner(this.time).withBean(Drafts.class).run(context -> {
            test.accept(context.getBean(Drafts.class), context.getBean(RunTimeTuning.class));
            assertThat(this.time.pending()).isZero();
        });
    }

    private static void switchOff(RunTimeTuning tuning) {
        tuning.set("drafts", "debounce", Map.of("enabled", false));
    }

    @Test
    void anOlderCallThatNobodyWaitsForRunsBeforeANewerOne() {
        run((drafts, tuning) -> {
            drafts.save("old");

            switchOff(tuning);
            drafts.save("new");

            assertThat(drafts.saved()).containsExactly("old", "new");
        });
    }

    @Test
    void anOlderCallOfAFutureRunsBeforeANewerOne() {
        run((drafts, tuning) -> {
            CompletableFuture<String> old = drafts.store("old");

            switchOff(tuning);
            CompletableFuture<String> newer = drafts.store("new");

            assertThat(drafts.saved()).containsExactly("old", "new");
            assertThat(old).isCompletedWithValue("old");
            assertThat(newer).isCompletedWithValue("new");
        });
    }

    @Test
    void whoWaitsOnAThreadGoesOn() {
        run((drafts, tuning) -> {
            CompletableFuture<String> old = CompletableFuture.supplyAsync(() -> drafts.keep("old"));
            Results.until(() -> this.time.pending() == 1);

            switchOff(tuning);

            assertThat(old).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("old");
        });
    }

    @Test
    void switchedOnAgainItCollectsCalls() {
        run((drafts, tuning) -> {
            switchOff(tuning);
            tuning.set("drafts", "debounce", Map.of("enabled", true));

            drafts.save("old");
            drafts.save("new");
            assertThat(drafts.saved()).isEmpty();
            this.time.advance(Duration.ofHours(1));

            assertThat(drafts.saved()).containsExactly("new");
        });
    }
}
