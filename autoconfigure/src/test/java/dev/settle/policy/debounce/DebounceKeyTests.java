package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Debounce.Running;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A window for each key, which is gone when it is over and nothing runs. */
class DebounceKeyTests {

    private final VirtualTime time = new VirtualTime();
    private final Runs runs = new Runs(this.time);
    private final Debouncer<String, String> debouncer = builder().build();

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.time.pending()).isZero();
        assertThat(this.debouncer.keys()).isZero();
    }

    /** The key is the first letter of the argument. */
    private Debouncer.Builder<String, String> builder() {
        return Debouncer.after(Duration.ofMillis(100), this.runs)
                .keyedBy(argument -> argument.substring(0, 1))
                .time(this.time);
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    @Test
    void keysHaveWindowsOfTheirOwn() {
        CompletableFuture<String> a1 = this.debouncer.call("a1");
        advance(60);
        CompletableFuture<String> b1 = this.debouncer.call("b1");
        advance(30);
        CompletableFuture<String> a2 = this.debouncer.call("a2");
        CompletableFuture<String> b2 = this.debouncer.call("b2");
        assertThat(this.debouncer.keys()).isEqualTo(2);

        advance(100);

        assertThat(this.runs.notes()).containsExactlyInAnyOrder("a2@190", "b2@190");
        assertThat(a1).isCompletedWithValue("outcome of a2");
        assertThat(a2).isCompletedWithValue("outcome of a2");
        assertThat(b1).isCompletedWithValue("outcome of b2");
        assertThat(b2).isCompletedWithValue("outcome of b2");
    }

    @Test
    void aKeyIsInUseUntilItsRunHasEnded() {
        this.runs.waiting();
        this.debouncer.call("a");
        advance(1000);
        assertThat(this.debouncer.keys()).isEqualTo(1);

        this.runs.future(1).complete("7.30");

        assertThat(this.debouncer.keys()).isZero();
    }

    @Test
    void aKeyIsNotInUseAnyMoreWhenItsCallerIsTold() {
        this.runs.waiting();
        CompletableFuture<Integer> keys = this.debouncer.call("a").thenApply(value -> this.debouncer.keys());
        advance(100);

        this.runs.future(1).complete("7.30");

        assertThat(keys).isCompletedWithValue(0);
    }

    @Test
    void aKeyWhoseCallersHaveAllGivenUpIsNotInUse() {
        this.debouncer.call("a").cancel(true);

        assertThat(this.debouncer.keys()).isZero();
    }

    @Test
    void aKeyIsNotInUseAfterACancel() {
        this.debouncer.call("a");
        this.debouncer.call("b");

        this.debouncer.cancel();

        assertThat(this.debouncer.keys()).isZero();
    }

    @Test
    void aFlushRunsTheWindowsOfAllKeys() {
        CompletableFuture<String> a = this.debouncer.call("a");
        CompletableFuture<String> b = this.debouncer.call("b");

        this.debouncer.flush();

        assertThat(a).isCompletedWithValue("outcome of a");
        assertThat(b).isCompletedWithValue("outcome of b");
        assertThat(this.debouncer.keys()).isZero();
    }

    @Test
    void aKeyWithALeadingRunIsInUseUntilThePauseIsOver() {
        Debouncer<String, String> leading = builder().leading().build();
        leading.call("a");
        advance(99);
        assertThat(leading.keys()).isEqualTo(1);

        advance(1);

        assertThat(leading.keys()).isZero();
    }

    @Test
    void runsOfOneKeyDoNotWaitForThoseOfAnother() {
        this.runs.waiting();
        Debouncer<String, String> queueing = builder().running(Running.QUEUE).build();
        queueing.call("a");
        advance(100);
        queueing.call("b");
        queueing.call("a2");
        advance(100);

        assertThat(this.runs.notes()).containsExactly("a@100", "b@200");
        this.runs.future(1).complete("of a");
        this.runs.future(2).complete("of b");
        this.runs.future(3).complete("of a2");
        assertThat(queueing.keys()).isZero();
    }

    @Test
    void aKeyThatIsNullFailsTheCall() {
        Debouncer<String, String> keyless = Debouncer.after(Duration.ofMillis(100), this.runs)
                .keyedBy(argument -> null)
                .time(this.time)
                .build();

        assertThat(Results.failure(keyless.call("a"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(keyless.keys()).isZero();
    }

    @Test
    void aKeyThatCannotBeReadFailsTheCall() {
        assertThat(Results.failure(this.debouncer.call(""))).isInstanceOf(StringIndexOutOfBoundsException.class);
    }

    @Test
    @Tag("large")
    void aHundredThousandKeysThatAreUsedOnceLeaveNothingBehind() {
        Debouncer<Integer, Integer> many = Debouncer.<Integer, Integer>after(
                        Duration.ofMillis(100), CompletableFuture::completedFuture)
                .keyedBy(argument -> argument)
                .time(this.time)
                .build();
        List<CompletableFuture<Integer>> calls =
                IntStream.range(0, 100_000).mapToObj(many::call).toList();
        assertThat(many.keys()).isEqualTo(100_000);

        advance(100);

        assertThat(calls).allMatch(CompletableFuture::isDone);
        assertThat(many.keys()).isZero();
    }
}
