package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.test.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether a signal is inside another, however deep, and what is forgotten of work that has ended. */
class DeepNestingTests {

    private final AbortSource outermost = new AbortSource();

    private boolean isInside(AbortSource signal) {
        return signal.isWithin(around -> around == this.outermost);
    }

    @Test
    void signalIsWithinThoseItFollows() {
        ChildSource inner = AbortSource.child(AbortSource.child(this.outermost));

        assertThat(isInside(inner)).isTrue();
        assertThat(isInside(new AbortSource())).isFalse();
    }

    @Test
    @Tag("large")
    void depthCostsNoStack() {
        AbortSource signal = this.outermost;
        for (int i = 0; i < 100_000; i++) {
            signal = AbortSource.child(signal);
        }

        assertThat(isInside(signal)).isTrue();
    }

    @Test
    void theDeadlineOfTheOutermostIsToldHoweverDeep() {
        VirtualTime time = new VirtualTime();
        AbortSignal signal = new LimitedSource(AbortSignal.never(), time, 1_000_000_000L);
        for (int i = 0; i < 100_000; i++) {
            signal = AbortSource.child(signal);
        }

        assertThat(signal.remaining()).contains(Duration.ofSeconds(1));
    }

    @Test
    void signalsThatMeetAgainAreLookedAtOnce() {
        AbortSignal signal = this.outermost;
        for (int i = 0; i < 60; i++) {
            signal = AbortSignal.any(AbortSource.child(signal), AbortSource.child(signal));
        }

        assertThat(isInside((AbortSource) signal)).isTrue();
    }

    @Test
    void workThatHasEndedKeepsNothingOfWhatWasAroundIt() {
        ChildSource ended = AbortSource.child(this.outermost);

        ended.close();

        assertThat(isInside(ended)).isFalse();
    }

    @Test
    void whatIsInsideACleanupIsWhatShutdownHasToDo() {
        AbortSource cleanup = new AbortSource() {
            @Override
            public boolean settling() {
                return true;
            }
        };

        assertThat(AbortSource.child(AbortSource.child(cleanup)).settling()).isTrue();
        assertThat(((AbortSource) AbortSignal.any(this.outermost, cleanup)).settling())
                .isTrue();
        assertThat(AbortSource.child(this.outermost).settling()).isFalse();
    }
}
