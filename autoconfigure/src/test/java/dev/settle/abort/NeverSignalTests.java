package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class NeverSignalTests {

    private final AbortSignal never = AbortSignal.never();

    @Test
    void neverAborts() {
        assertThat(this.never.aborted()).isFalse();
        assertThat(this.never.reason()).isEmpty();
        assertThat(this.never.remaining()).isEmpty();
        assertThatCode(this.never::throwIfAborted).doesNotThrowAnyException();
    }

    @Test
    void itsListenersWillNeverRun() {
        Registration registration = this.never.onAbort(reason -> {
            throw new AssertionError("never");
        });

        assertThat(registration.remove()).isTrue();
    }

    @Test
    void isAlwaysTheSame() {
        assertThat(AbortSignal.never()).isSameAs(this.never);
    }

    @Test
    void saysWhatItIs() {
        assertThat(this.never).hasToString("AbortSignal[never]");
    }
}
