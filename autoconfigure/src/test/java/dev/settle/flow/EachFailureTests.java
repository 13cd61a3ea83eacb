package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.core.Results;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of the others when one fails, or all are given up. */
class EachFailureTests {

    private final IllegalStateException broken = new IllegalStateException("broken");
    private final List<Stubborn> started = new ArrayList<>();
    private final List<AbortSignal> signals = new ArrayList<>();

    /** Work that hears of its cancel and ends when the test says so. */
    private static final class Stubborn extends CompletableFuture<String> {

        private volatile boolean cancelled;

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            this.cancelled = true;
            return false;
        }
    }

    private CompletableFuture<String> work(int item) {
        Stubborn future = new Stubborn();
        this.started.add(future);
        this.signals.add(AbortSignal.current());
        return future;
    }

    private static List<Integer> items(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return Results.failure(future);
    }

    @Test
    void firstFailureAbortsTheOthersAndIsTheOutcomeWhenTheyHaveEnded() {
        CompletableFuture<List<String>> all = Each.of(items(5)).atMost(3).map(this::work);

        this.started.get(1).completeExceptionally(this.broken);

        assertThat(this.started).as("no more is started").hasSize(3);
        assertThat(this.signals.get(2).aborted()).isTrue();
        // Each of several is told by a thread of its own.
        Results.until(() -> this.started.get(0).cancelled && this.started.get(2).cancelled);
        assertThat(all).as("some is still running").isNotDone();
        this.started.get(0).complete("late");
        this.started.get(2).completeExceptionally(new IllegalArgumentException("too"));
        assertThat(failure(all)).isSameAs(this.broken).hasSuppressedException(new IllegalArgumentException("too"));
    }

    @Test
    void whatOthersFailWithBecauseTheyWereAbortedIsNotSuppressed() throws Exception {
        CompletableFuture<List<String>> all = Each.of(items(2)).map(item -> {
            CompletableFuture<String> future = item == 0 ? new CompletableFuture<>() : work(item);
            return future;
        });

        this.started.get(0).completeExceptionally(this.broken);

        assertThat(Results.awaitFailure(all)).isSameAs(this.broken).hasNoSuppressedExceptions();
    }

    @Test
    void functionThatThrowsHasFailed() {
        assertThat(failure(Each.of(items(3)).map(item -> {
                    throw this.broken;
                })))
                .isSameAs(this.broken);
    }

    @Test
    void functionThatGivesNullHasFailed() {
        assertThat(failure(Each.of(items(1)).map(item -> null))).hasMessageContaining("null instead of a future");
    }

    @Test
    void sourceThatBreaksInTheMiddleIsAFailureOfAllThatIsReportedWhenAllHasEnded() {
        Iterable<Integer> source = () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                if (this.next == 2) {
                    throw EachFailureTests.this.broken;
                }
                return this.next++;
            }
        };

        CompletableFuture<List<Outcome<String>>> all = Each.of(source).settle(this::work);

        assertThat(all).isNotDone();
        assertThat(this.started).hasSize(2);
        Results.until(() -> this.started.stream().allMatch(work -> work.cancelled));
        this.started.forEach(work -> work.complete("ended"));
        assertThat(failure(all)).isSameAs(this.broken);
    }

    @Test
    void settlingGoesOnAfterAFailure() {
        Each.of(items(3)).atMost(1).settle(this::work);

        this.started.get(0).completeExceptionally(this.broken);

        assertThat(this.started).hasSize(2);
        assertThat(this.signals.get(1).aborted()).isFalse();
    }

    @Test
    void callerThatCancelsHasItsFutureAtOnceAndAbortsWhatRuns() {
        CompletableFuture<List<String>> all = Each.of(items(5)).atMost(2).map(this::work);

        all.cancel(true);

        assertThat(all).isCancelled();
        assertThat(this.started).hasSize(2);
        Results.until(() -> this.started.stream().allMatch(work -> work.cancelled));
        assertThat(this.signals.get(0).reason().orElseThrow().kind()).isEqualTo(AbortReason.Kind.CALLER_CANCELLED);
        this.started.get(0).complete("late");
        assertThat(this.started).as("nothing more is started").hasSize(2);
    }

    @Test
    void abortOfTheWorkAroundItIsTheOutcomeWhenAllHasEnded() {
        AbortSource around = new AbortSource();
        AbortSignal outer = CurrentSignal.swap(around);
        CompletableFuture<List<Outcome<String>>> all;
        try {
            all = Each.of(items(2)).settle(this::work);
        } finally {
            CurrentSignal.swap(outer);
        }

        around.abort(AbortReason.application("enough"));

        assertThat(all).isNotDone();
        this.started.get(0).complete("ended");
        this.started.get(1).completeExceptionally(this.broken);
        assertThat(failure(all)).isInstanceOf(AbortedException.class).hasMessageContaining("enough");
    }

    @Test
    void nothingIsStartedInWorkThatHasBeenAborted() {
        AbortSource around = new AbortSource();
        around.abort(AbortReason.application("enough"));
        AbortSignal outer = CurrentSignal.swap(around);
        try {
            assertThat(failure(Each.of(items(2)).map(this::work))).isInstanceOf(AbortedException.class);
        } finally {
            CurrentSignal.swap(outer);
        }
        assertThat(this.started).isEmpty();
    }

    @Test
    void timeLimitOfAnItemBeginsWithTheItem() {
        VirtualTime time = new VirtualTime();
        TimeoutPolicy second = TimeoutPolicy.of(Duration.ofSeconds(1), true, time);
        List<CompletableFuture<String>> works = new ArrayList<>();
        CompletableFuture<List<Outcome<String>>> all = Each.of(items(2))
                .atMost(1)
                .settle(item -> second.call(() -> {
                    works.add(new CompletableFuture<>());
                    return works.get(item);
                }));

        time.advance(Duration.ofMillis(900));
        works.get(0).complete("in time");
        time.advance(Duration.ofMillis(900));
        assertThat(all)
                .as("the second has not begun before the first had ended")
                .isNotDone();
        time.advance(Duration.ofMillis(100));

        List<Outcome<String>> outcomes = all.join();
        assertThat(outcomes.get(0)).isEqualTo(new Outcome.Done<>("in time"));
        assertThat(((Outcome.Failed<String>) outcomes.get(1)).cause()).isInstanceOf(CallTimeoutException.class);
    }
}
