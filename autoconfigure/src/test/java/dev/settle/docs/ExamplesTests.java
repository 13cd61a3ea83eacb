package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncAbortController;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the pages say of their code. */
class ExamplesTests {

    @Test
    void aPlainControllerClosesItsStoresAfterTheRest() {
        List<String> closed = new ArrayList<>();

        AbortReport report = AbortExamples.plain(() -> record(closed, "database"), () -> record(closed, "cache"));

        assertThat(report.settled()).isTrue();
        assertThat(closed).containsExactlyInAnyOrder("database", "cache");
        assertThat(report.entries()).extracting(AbortReport.Entry::name).startsWith("stop taking orders");
    }

    private static void record(List<String> closed, String name) {
        synchronized (closed) {
            closed.add(name);
        }
    }

    @Test
    void aTrackedOperationIsTold() {
        AsyncAbortController controller = AsyncAbortController.create();
        List<Runnable> queued = new ArrayList<>();
        CompletableFuture<Integer> sent = AbortExamples.tracked(controller, List.of("a", "b"), queued::add);
        CompletableFuture<AbortReport> settled = controller.abortAsync();

        queued.forEach(Runnable::run);

        assertThat(sent).isCompletedWithValue(0);
        assertThat(settled)
                .succeedsWithin(10, TimeUnit.SECONDS)
                .extracting(AbortReport::settled)
                .isEqualTo(true);
    }

    @Test
    void aPlainPolicyTriesAgainAndGivesItsSignalToTheWork() throws Exception {
        List<AbortSignal> signals = new ArrayList<>();

        CompletableFuture<String> outcome = RetryExamples.plain(signal -> {
            signals.add(signal);
            return (signals.size() < 3)
                    ? CompletableFuture.failedFuture(new IllegalStateException("not yet"))
                    : CompletableFuture.completedFuture("done");
        });

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(signals).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void aLongSumStopsWhenItIsTold() {
        AsyncAbortController controller = AsyncAbortController.create();
        controller.abortAsync(AbortReason.application("enough"));

        CompletableFuture<Long> sum = new TimeoutExamples.Sums().sum(0, Long.MAX_VALUE, controller.signal());

        assertThatThrownBy(() -> sum.get(10, TimeUnit.SECONDS))
                .satisfies(failure -> assertThat(AbortReason.from(failure)).isPresent())
                .hasRootCauseInstanceOf(AbortedException.class);
    }

    @Test
    void anEitherSignalFollowsTheUsers() {
        AsyncAbortController controller = AsyncAbortController.create();
        AbortSignal either = AbortExamples.either(controller.signal());

        controller.abortAsync(AbortReason.application("enough"));

        assertThat(either.aborted()).isTrue();
    }
}
