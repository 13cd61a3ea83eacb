package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bursts whose first call runs at once. */
class DebounceLeadingTests {

    private final VirtualTime time = new VirtualTime();
    private final Runs runs = new Runs(this.time);
    private final Debouncer<String, String> both = builder().leading().build();
    private final Debouncer<String, String> leading = builder().leadingOnly().build();

    @AfterEach
    void nothingIsLeft() {
        advance(100);
        assertThat(this.time.pending()).isZero();
    }

    private Debouncer.Builder<String, String> builder() {
        return Debouncer.after(Duration.ofMillis(100), this.runs).time(this.time);
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    @Test
    void theFirstCallRunsAtOnceAndTheOthersShareARunAtTheEnd() {
        CompletableFuture<String> a = this.both.call("a");
        assertThat(a).isCompletedWithValue("outcome of a");
        advance(50);
        CompletableFuture<String> b = this.both.call("b");
        CompletableFuture<String> c = this.both.call("c");

        advance(100);

        assertThat(this.runs.notes()).containsExactly("a@0", "c@150");
        assertThat(b).isCompletedWithValue("outcome of c");
        assertThat(c).isCompletedWithValue("outcome of c");
    }

    @Test
    void aLoneCallRunsOnce() {
        this.both.call("a");

        advance(1000);

        assertThat(this.runs.notes()).containsExactly("a@0");
    }

    @Test
    void afterThePauseTheNextCallIsAFirstOneAgain() {
        this.both.call("a");
        advance(100);
        this.both.call("b");
        advance(50);
        this.both.call("c");
        advance(100);
        this.both.call("d");

        assertThat(this.runs.notes()).containsExactly("a@0", "b@100", "c@250", "d@250");
    }

    @Test
    void aCallWithinThePauseIsNoFirstOne() {
        this.both.call("a");
        advance(99);
        CompletableFuture<String> b = this.both.call("b");

        assertThat(b).isNotDone();
        advance(100);
        assertThat(this.runs.notes()).containsExactly("a@0", "b@199");
    }

    @Test
    void withoutATrailingRunTheOthersGetTheValueOfTheFirst() {
        this.leading.call("a");
        advance(99);
        CompletableFuture<String> b = this.leading.call("b");
        advance(99);
        CompletableFuture<String> c = this.leading.call("c");

        assertThat(b).isCompletedWithValue("outcome of a");
        assertThat(c).isCompletedWithValue("outcome of a");
        advance(1000);
        assertThat(this.runs.notes()).containsExactly("a@0");
    }

    @Test
    void theOthersWaitForAFirstRunThatIsSlowerThanThePause() {
        this.runs.waiting();
        CompletableFuture<String> a = this.leading.call("a");
        CompletableFuture<String> b = this.leading.call("b");
        advance(500);
        CompletableFuture<String> c = this.leading.call("c");

        this.runs.future(1).complete("of a");

        assertThat(a).isCompletedWithValue("of a");
        assertThat(b).isCompletedWithValue("of a");
        assertThat(c).isNotDone();
        this.runs.future(2).complete("of c");
        assertThat(c).isCompletedWithValue("of c");
    }

    @Test
    void theOthersGetTheFailureOfTheFirstRunAlsoWhenItHasFailedAlready() {
        this.runs.waiting();
        IllegalStateException failure = new IllegalStateException("refused");
        CompletableFuture<String> a = this.leading.call("a");
        CompletableFuture<String> b = this.leading.call("b");
        this.runs.future(1).completeExceptionally(failure);
        CompletableFuture<String> c = this.leading.call("c");

        assertThat(Results.failure(a)).isSameAs(failure);
        assertThat(Results.failure(b)).isSameAs(failure);
        assertThat(Results.failure(c)).isSameAs(failure);
    }

    @Test
    void whenTheFirstCallerGivesUpTheRunGoesOnForTheOthers() {
        this.runs.waiting();
        CompletableFuture<String> a = this.leading.call("a");
        CompletableFuture<String> b = this.leading.call("b");

        a.cancel(true);
        this.runs.future(1).complete("of a");

        assertThat(a).isCancelled();
        assertThat(b).isCompletedWithValue("of a");
    }

    @Test
    void aFirstRunThatEverybodyHasGivenUpIsNotShared() {
        this.runs.waiting();
        this.leading.call("a").cancel(true);
        assertThat(this.runs.future(1)).isCancelled();

        CompletableFuture<String> b = this.leading.call("b");
        this.runs.future(2).complete("of b");

        assertThat(b).isCompletedWithValue("of b");
    }

    @Test
    void aCallAtTheEndThatIsWithdrawnDoesNotMakeTheNextAFirstOne() {
        this.both.call("a");
        advance(50);
        this.both.call("b").cancel(true);
        advance(50);
        CompletableFuture<String> c = this.both.call("c");

        assertThat(c).isNotDone();
        advance(100);
        assertThat(this.runs.notes()).containsExactly("a@0", "c@200");
    }

    @Test
    void aFirstRunIsOnTheThreadOfItsCaller() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Debouncer<String, String> here = Debouncer.<String, String>after(Duration.ofMillis(100), argument -> {
                    thread.complete(Thread.currentThread());
                    return CompletableFuture.completedFuture(argument);
                })
                .leading()
                .time(this.time)
                .build();

        here.call("a");

        assertThat(thread).isCompletedWithValue(Thread.currentThread());
    }
}
