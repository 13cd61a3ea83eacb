package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.SupersededException;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Debouncers that answer only the caller whose argument is used. */
class DebounceSupersededTests {

    private final VirtualTime time = new VirtualTime();
    private final Runs runs = new Runs(this.time);
    private final Debouncer<String, String> debouncer = builder().build();

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private Debouncer.Builder<String, String> builder() {
        return Debouncer.after(Duration.ofMillis(100), this.runs)
                .cancelSuperseded()
                .time(this.time);
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    @Test
    void aCallEndsAsSoonAsALaterOneTakesItsPlace() {
        CompletableFuture<String> a = this.debouncer.call("a");
        assertThat(a).isNotDone();

        CompletableFuture<String> b = this.debouncer.call("b");

        assertThat(a).isCancelled();
        assertThat(Results.failure(a))
                .isInstanceOfSatisfying(
                        SupersededException.class,
                        superseded -> assertThat(superseded.reason().kind()).isEqualTo(Kind.SUPERSEDED));
        advance(100);
        assertThat(b).isCompletedWithValue("outcome of b");
        assertThat(this.runs.notes()).containsExactly("b@100");
    }

    @Test
    void aCallWhoseRunHasStartedIsNotSuperseded() {
        this.runs.waiting();
        CompletableFuture<String> a = this.debouncer.call("a");
        advance(100);

        CompletableFuture<String> b = this.debouncer.call("b");

        assertThat(a).isNotDone();
        assertThat(this.runs.future(1)).isNotDone();
        this.runs.future(1).complete("of a");
        assertThat(a).isCompletedWithValue("of a");
        advance(100);
        this.runs.future(2).complete("of b");
        assertThat(b).isCompletedWithValue("of b");
    }

    @Test
    void aLeadingRunIsNotSuperseded() {
        this.runs.waiting();
        Debouncer<String, String> leading = builder().leading().build();
        CompletableFuture<String> a = leading.call("a");
        CompletableFuture<String> b = leading.call("b");
        CompletableFuture<String> c = leading.call("c");

        assertThat(a).isNotDone();
        assertThat(b).isCancelled();
        advance(100);
        this.runs.future(1).complete("of a");
        this.runs.future(2).complete("of c");
        assertThat(a).isCompletedWithValue("of a");
        assertThat(c).isCompletedWithValue("of c");
    }

    @Test
    void callersThatShareTheFirstRunAreNotSuperseded() {
        this.runs.waiting();
        Debouncer<String, String> leading = builder().leadingOnly().build();
        CompletableFuture<String> a = leading.call("a");
        CompletableFuture<String> b = leading.call("b");
        CompletableFuture<String> c = leading.call("c");

        this.runs.future(1).complete("of a");

        assertThat(a).isCompletedWithValue("of a");
        assertThat(b).isCompletedWithValue("of a");
        assertThat(c).isCompletedWithValue("of a");
        advance(100);
    }

    @Test
    void whenTheLatestGivesUpNothingRuns() {
        this.debouncer.call("a");

        this.debouncer.call("b").cancel(true);
        advance(1000);

        assertThat(this.runs.notes()).isEmpty();
    }
}
