package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers that give up, before the run and during it. */
class DebounceWithdrawalTests {

    private final VirtualTime time = new VirtualTime();
    private final Runs runs = new Runs(this.time);
    private final Debouncer<String, String> debouncer = builder().build();

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.time.pending()).isZero();
        assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
    }

    private Debouncer.Builder<String, String> builder() {
        return Debouncer.after(Duration.ofMillis(100), this.runs).time(this.time);
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    @Test
    void aCallerThatGivesUpHurtsNobodyElse() {
        CompletableFuture<String> a = this.debouncer.call("a");
        CompletableFuture<String> b = this.debouncer.call("b");

        a.cancel(true);
        advance(100);

        assertThat(a).isCancelled();
        assertThat(b).isCompletedWithValue("outcome of b");
    }

    @Test
    void whenTheLatestGivesUpTheArgumentOfTheLatestOtherIsUsed() {
        CompletableFuture<String> a = this.debouncer.call("a");
        CompletableFuture<String> b = this.debouncer.call("b");
        CompletableFuture<String> c = this.debouncer.call("c");

        c.cancel(true);
        advance(100);

        assertThat(this.runs.notes()).containsExactly("b@100");
        assertThat(a).isCompletedWithValue("outcome of b");
        assertThat(b).isCompletedWithValue("outcome of b");
    }

    @Test
    void whenAllGiveUpNothingRunsAndTheNextCallBeginsANewBurst() {
        CompletableFuture<String> a = this.debouncer.call("a");
        CompletableFuture<String> b = this.debouncer.call("b");
        advance(50);
        b.cancel(true);
        a.cancel(true);
        assertThat(this.time.pending()).isZero();

        CompletableFuture<String> c = this.debouncer.call("c");
        advance(99);
        assertThat(c).isNotDone();
        advance(1);

        assertThat(this.runs.notes()).containsExactly("c@150");
    }

    @Test
    void onlyTheLastOneToGiveUpAbortsTheRun() {
        this.runs.waiting();
        CompletableFuture<String> a = this.debouncer.call("a");
        CompletableFuture<String> b = this.debouncer.call("b");
        advance(100);

        b.cancel(true);
        assertThat(this.runs.future(1)).isNotDone();
        a.cancel(true);

        assertThat(this.runs.future(1)).isCancelled();
    }

    @Test
    void aCallerThatStaysGetsTheOutcomeThoughItsArgumentWasNotUsed() {
        this.runs.waiting();
        CompletableFuture<String> a = this.debouncer.call("a");
        CompletableFuture<String> b = this.debouncer.call("b");
        advance(100);

        b.cancel(true);
        this.runs.future(1).complete("7.30");

        assertThat(a).isCompletedWithValue("7.30");
    }

    @Test
    void theRunHasASignalOfItsOwn() {
        List<AbortSignal> signals = new ArrayList<>();
        Debouncer<String, String> listening = Debouncer.<String, String>after(Duration.ofMillis(100), argument -> {
                    signals.add(AbortSignal.current());
                    return new CompletableFuture<>();
                })
                .time(this.time)
                .build();
        CompletableFuture<String> a = listening.call("a");
        CompletableFuture<String> b = listening.call("b");
        advance(100);

        b.cancel(true);
        assertThat(signals.get(0).aborted()).isFalse();
        a.cancel(true);
        assertThat(signals.get(0).aborted()).isTrue();
    }

    @Test
    void aCallThatIsPartOfOtherWorkGoesWithIt() {
        AbortSource around = new AbortSource();
        AbortSignal outer = CurrentSignal.swap(around);
        CompletableFuture<String> a = this.debouncer.call("a");
        CurrentSignal.swap(outer);
        CompletableFuture<String> b = this.debouncer.call("b");

        around.abort(AbortReason.application("enough"));

        assertThat(Results.failure(a)).isInstanceOf(AbortedException.class).hasMessage("enough");
        advance(100);
        assertThat(b).isCompletedWithValue("outcome of b");
    }

    @Test
    void aCallThatIsAbortedFromTheBeginningLeavesNothingBehind() {
        AbortSource around = new AbortSource();
        around.abort(AbortReason.application("enough"));
        AbortSignal outer = CurrentSignal.swap(around);
        List<Debouncer<String, String>> all = List.of(
                this.debouncer,
                builder().keyedBy(argument -> argument).build(),
                builder().cancelSuperseded().build());

        List<CompletableFuture<String>> calls =
                all.stream().map(each -> each.call("a")).toList();
        CurrentSignal.swap(outer);

        assertThat(calls).allSatisfy(call -> assertThat(Results.failure(call)).hasMessage("enough"));
        assertThat(this.time.pending()).isZero();
        assertThat(all).allSatisfy(each -> assertThat(each.keys()).isZero());
        advance(100);
        assertThat(this.runs.notes()).isEmpty();
    }

    @Test
    void aLeadingCallThatIsAbortedFromTheBeginningDoesNotRun() {
        AbortSource around = new AbortSource();
        around.abort(AbortReason.application("enough"));
        Debouncer<String, String> leading =
                builder().leading().keyedBy(argument -> "key").build();
        AbortSignal outer = CurrentSignal.swap(around);
        CompletableFuture<String> a = leading.call("a");
        CurrentSignal.swap(outer);

        assertThat(Results.failure(a)).hasMessage("enough");
        CompletableFuture<String> b = leading.call("b");
        advance(100);

        assertThat(b).isCompletedWithValue("outcome of b");
        assertThat(this.runs.notes()).hasSize(1);
        assertThat(leading.keys()).isZero();
    }
}
