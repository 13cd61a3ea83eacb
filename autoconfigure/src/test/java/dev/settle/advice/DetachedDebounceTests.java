package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.Debounce;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.core.HandWork;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A debounced method that returns nothing: nobody waits for its calls. */
class DetachedDebounceTests {

    private final VirtualTime time = new VirtualTime();
    private final ApplicationContextRunner app = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SettleAutoConfiguration.class))
            .withBean(TimeSource.class, () -> this.time)
            .withBean(Drafts.class);

    static class Drafts {

        private final List<String> saved = new CopyOnWriteArrayList<>();

        @Debounce("1s")
        public void save(String text) {
            this.saved.add(text);
        }

        public List<String> saved() {
            return this.saved;
        }
    }

    @Test
    void steadyStreamKeepsOnlyTheLatestCall() {
        this.app.run(context -> {
            Drafts drafts = context.getBean(Drafts.class);

            for (int i = 0; i < 1000; i++) {
                drafts.save("draft " + i);
            }

            assertThat(context.getBean(AsyncAbortController.class).inFlight().size())
                    .isEqualTo(1);
            this.time.advance(Duration.ofSeconds(1));
            HandWork.until(() -> !drafts.saved().isEmpty());
            assertThat(drafts.saved()).containsExactly("draft 999");
        });
    }
}
