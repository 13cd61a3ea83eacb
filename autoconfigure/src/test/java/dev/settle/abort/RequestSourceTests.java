package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.settle.CallTimeoutException;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestSourceTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final VirtualTime time = new VirtualTime();

    @AfterEach
    void leaveNoSignal() {
        CurrentSignal.swap(null);
    }

    @Test
    void withoutALimitItHasNoDeadline() {
        assertThat(RequestSource.of(this.time, null).remaining()).isEmpty();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void limitIsItsDeadline() {
        RequestSource source = RequestSource.of(this.time, LIMIT);
        this.time.advance(Duration.ofSeconds(1));

        assertThat(source.remaining()).contains(Duration.ofSeconds(1));
    }

    @Test
    void abortsAtItsLimitAsATimeout() {
        RequestSource source = RequestSource.of(this.time, LIMIT);
        this.time.advance(LIMIT);

        assertThatExceptionOfType(CallTimeoutException.class)
                .isThrownBy(source::throwIfAborted)
                .satisfies(timeout -> assertThat(timeout.limit()).isEqualTo(LIMIT));
    }

    @Test
    void limitEndsNothingThatGoesOnAfterTheRequest() {
        RequestSource source = RequestSource.of(this.time, LIMIT);
        source.close();
        this.time.advance(LIMIT);

        assertThat(source.aborted()).isFalse();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void workOfARequestIsNew() {
        CurrentSignal.swap(RequestSource.of(this.time, null));

        assertThat(CurrentSignal.ofWork()).isFalse();
    }

    @Test
    void workInsideWorkOfARequestIsNot() {
        CurrentSignal.swap(AbortSource.child(RequestSource.of(this.time, null)));

        assertThat(CurrentSignal.ofWork()).isTrue();
    }

    @Test
    void operationForARequestIsRefusedWhileTheControllerDrains() {
        AsyncAbortController controller = AsyncAbortController.create();
        controller.drainAsync();
        CurrentSignal.swap(RequestSource.of(this.time, null));

        CompletableFuture<String> operation =
                controller.track("operation", signal -> CompletableFuture.completedFuture("run"));

        assertThat(operation).isCompletedExceptionally();
    }
}
