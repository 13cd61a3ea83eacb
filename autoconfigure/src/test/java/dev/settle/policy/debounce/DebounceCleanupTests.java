package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortEvent;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.AsyncCleanup;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Debounce.OnShutdown;
import dev.settle.core.Contexts;
import dev.settle.core.HandWork;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.Steps;
import dev.settle.core.Written;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of pending and running calls in the phase of the bean. */
class DebounceCleanupTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final List<AsyncCleanup> cleanups = new ArrayList<>();
    private final AbortSource hard = new AbortSource();

    @Debounce("300ms")
    private static final class Flushed {}

    @Debounce(value = "300ms", onShutdown = OnShutdown.CANCEL)
    private static final class Cancelled {}

    private record Stopping(AbortReason reason, AbortSignal hard) implements AbortEvent {

        @Override
        public Duration remaining() {
            return Duration.ofSeconds(30);
        }
    }

    private PlannedMethod method(Class<?> annotated) {
        DebounceBinding binding = new DebounceBinding();
        return PlannedMethod.with(Steps.policy(binding.create(
                binding.settings(Written.on(annotated)),
                Contexts.of(this.time, (name, cleanup) -> this.cleanups.add(cleanup)))));
    }

    private CompletableFuture<String> call(PlannedMethod method, String name) {
        return method.start(() -> this.work.start(name));
    }

    private CompletableFuture<?> shutDown() throws Exception {
        CompletableFuture<?> over = this.cleanups
                .get(0)
                .cleanUp(new Stopping(AbortReason.application("stopping"), this.hard))
                .toCompletableFuture();
        this.time.advance(Duration.ZERO);
        return over;
    }

    @Test
    void whatIsPendingRunsNowAndTheShutdownWaitsForItsEnd() throws Exception {
        CompletableFuture<String> call = call(method(Flushed.class), "Ann");

        CompletableFuture<?> over = shutDown();

        assertThat(this.work.started()).containsExactly("Ann");
        assertThat(over).isNotDone();
        this.work.end("Ann");
        assertThat(call).isCompletedWithValue("Ann");
        assertThat(over).isCompleted();
    }

    @Test
    void whatIsPendingIsDroppedForTheReasonOfTheShutdown() throws Exception {
        CompletableFuture<String> call = call(method(Cancelled.class), "Ann");

        CompletableFuture<?> over = shutDown();

        assertThat(this.work.started()).isEmpty();
        assertThat(Results.failure(call)).hasMessageContaining("stopping");
        assertThat(over).isCompleted();
    }

    @Test
    void whatRunsIsAbortedWhenTheTimeIsUp() throws Exception {
        CompletableFuture<String> call = call(method(Flushed.class), "Ann");
        CompletableFuture<?> over = shutDown();

        this.hard.abort(AbortReason.application("the time is up"));

        assertThat(this.work.future("Ann")).isCancelled();
        assertThat(Results.failure(call)).hasMessageContaining("stopping");
        assertThat(over).isCompleted();
    }

    @Test
    void whatComesLaterDoesNotWait() throws Exception {
        PlannedMethod method = method(Flushed.class);
        call(method, "Ann");
        shutDown();

        call(method, "Bob");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Ann");
        this.work.end("Bob");
    }
}
