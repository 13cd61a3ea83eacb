package dev.settle.abort;

import static dev.settle.abort.Outcomes.await;
import static dev.settle.abort.Outcomes.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.settle.abort.AbortReport.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ControllerBuilderTests {

    @Test
    void limitsOfPhasesMustBePositive() {
        AsyncAbortController.Builder builder = AsyncAbortController.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.phaseLimit(Duration.ZERO))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.phaseLimit(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.phaseLimits(Map.of(1, Duration.ZERO)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.closeLimit(Duration.ZERO));
    }

    @Test
    void limitsAreCopied() {
        Map<Integer, Duration> limits = new HashMap<>(Map.of(0, Duration.ofSeconds(5)));
        AsyncAbortController controller =
                AsyncAbortController.builder().phaseLimits(limits).build();
        limits.put(0, Duration.ofNanos(1));

        HandCleanup cleanup = new HandCleanup();
        controller.onAbort("cleanup", cleanup);
        cleanup.finish();
        controller.close();

        assertThat(cleanup.event().remaining()).isGreaterThan(Duration.ofNanos(1));
    }

    @Test
    void plainControllerRunsCleanupsOnSettlesOwnThreads() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        AsyncAbortController controller = AsyncAbortController.create();
        controller.onAbort("cleanup", event -> {
            ran.complete(Thread.currentThread());
            return null;
        });

        AbortReport report = await(controller.abortAsync());

        assertThat(outcome(report, "cleanup")).isEqualTo(Outcome.COMPLETED);
        assertThat(await(ran).getName()).startsWith("settle-");
        assertThat(await(ran).isDaemon()).isTrue();
    }

    @Test
    void controllersKnowNothingOfEachOther() throws Exception {
        AsyncAbortController one = AsyncAbortController.create();
        AsyncAbortController other = AsyncAbortController.create();

        await(one.abortAsync());

        assertThat(other.signal().aborted()).isFalse();
        assertThat(other.shutdownRequested().aborted()).isFalse();
    }
}
