package dev.settle.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.flow.Each;
import dev.settle.policy.timeout.TimeoutPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class VirtualTimeUseTests {

    private final VirtualTime time = new VirtualTime();
    private final List<String> ran = new ArrayList<>();

    private void after(int seconds, String what) {
        this.time.schedule(Duration.ofSeconds(seconds).toNanos(), () -> this.ran.add(what));
    }

    @Test
    void whatIsDueRunsInOrderOnTheThreadThatMovesTheTime() {
        Thread[] thread = new Thread[1];
        after(2, "second");
        after(1, "first");
        after(2, "third");
        this.time.schedule(1, () -> thread[0] = Thread.currentThread());

        this.time.advance(Duration.ofSeconds(2));

        assertThat(this.ran).containsExactly("first", "second", "third");
        assertThat(thread[0]).isSameAs(Thread.currentThread());
    }

    @Test
    void timeMovesToTheNextTimer() {
        after(5, "first");
        after(9, "second");
        long start = this.time.nanoTime();

        assertThat(this.time.untilNext()).contains(Duration.ofSeconds(5));
        this.time.advanceToNext();

        assertThat(this.ran).containsExactly("first");
        assertThat(this.time.nanoTime() - start).isEqualTo(Duration.ofSeconds(5).toNanos());
        this.time.advanceToNext();
        this.time.advanceToNext();
        assertThat(this.time.untilNext()).isEmpty();
        assertThat(this.time.nanoTime() - start).isEqualTo(Duration.ofSeconds(9).toNanos());
    }

    @Test
    void oneSeedDrawsTheSameNumbers() {
        assertThat(VirtualTime.seeded(7).random())
                .isEqualTo(VirtualTime.seeded(7).random())
                .isNotEqualTo(VirtualTime.seeded(8).random())
                .isBetween(0.0, 1.0);
    }

    @Test
    void testThatHasSettledEverythingPasses() {
        after(1, "first");
        this.time.watch(CompletableFuture.completedFuture("done"));
        this.time.advance(Duration.ofSeconds(1));

        this.time.assertSettled();
    }

    @Test
    void timerThatIsLeftFailsTheTest() {
        after(600, "late");

        assertThatThrownBy(this.time::assertSettled)
                .isInstanceOf(AssertionError.class)
                .hasMessage("timers are left: 1, the next is due in 600 s");
        assertThat(this.time.pending()).as("it is not left to the next test").isZero();
    }

    @Test
    void watchedFutureThatHasNotSettledFailsTheTest() {
        CompletableFuture<String> open = this.time.watch(new CompletableFuture<>());

        assertThatThrownBy(this.time::assertSettled)
                .isInstanceOf(AssertionError.class)
                .hasMessage("watched futures that have not settled: 1");
        assertThat(open).isNotDone();
    }

    @Test
    void whatIsNoFutureIsNotWatched() {
        assertThatNullPointerException().isThrownBy(() -> this.time.watch(null)).withMessage("future");
    }

    @Test
    void callsThatAreGivenUpTogetherAreToldInOrder() {
        List<String> told = new ArrayList<>();
        CompletableFuture<List<String>> all = TimeoutPolicy.of(Duration.ofMinutes(1), true, this.time)
                .call(() -> Each.of(List.of("a", "b", "c")).map(item -> {
                    CompletableFuture<String> work = new CompletableFuture<>();
                    work.handle((value, failure) ->
                            told.add(item + " on " + Thread.currentThread().getName()));
                    return work;
                }));

        this.time.advance(Duration.ofMinutes(1));

        assertThat(all).isCompletedExceptionally();
        String here = " on " + Thread.currentThread().getName();
        assertThat(told).containsExactly("a" + here, "b" + here, "c" + here);
    }

    @Test
    void whatIsRandomBeginsAnewForAnotherTest() {
        VirtualTime seeded = VirtualTime.seeded(7);
        List<Double> first = List.of(seeded.random(), seeded.random());

        seeded.clear();

        assertThat(List.of(seeded.random(), seeded.random())).isEqualTo(first);
    }
}
