package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CurrentSignalTests {

    private final AbortSource signal = new AbortSource();

    @AfterEach
    void nothingIsLeft() {
        CurrentSignal.swap(null);
    }

    @Test
    void outsideAnyWorkItIsTheSignalThatNeverAborts() {
        assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
    }

    @Test
    void isTheOneThatWasSet() {
        CurrentSignal.swap(this.signal);

        assertThat(AbortSignal.current()).isSameAs(this.signal);
    }

    @Test
    void swapReturnsWhatToSetAgain() {
        AbortSignal none = CurrentSignal.swap(this.signal);
        AbortSignal first = CurrentSignal.swap(new AbortSource());

        assertThat(none).isNull();
        assertThat(first).isSameAs(this.signal);
    }

    @Test
    void settingNoneAgainLeavesNone() {
        CurrentSignal.swap(CurrentSignal.swap(this.signal));

        assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
    }

    @Test
    void otherThreadsDoNotSeeIt() throws Exception {
        CurrentSignal.swap(this.signal);
        CompletableFuture<AbortSignal> seen = new CompletableFuture<>();

        Thread other = new Thread(() -> seen.complete(AbortSignal.current()));
        other.start();

        assertThat(Outcomes.await(seen)).isSameAs(AbortSignal.never());
    }
}
