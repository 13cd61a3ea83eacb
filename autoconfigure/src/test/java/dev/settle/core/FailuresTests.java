package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTests {

    private final IOException failure = new IOException("reset");

    @Test
    void wrappersOfFuturesAreTakenOff() {
        Throwable wrapped = new CompletionException(new ExecutionException(new CompletionException(this.failure)));

        assertThat(Failures.unwrap(wrapped)).isSameAs(this.failure);
    }

    @Test
    void aWrapperWithoutAnythingInItStays() {
        CompletionException empty = new CompletionException("empty", null);

        assertThat(Failures.unwrap(empty)).isSameAs(empty);
    }

    @Test
    void otherExceptionsKeepTheirCause() {
        RuntimeException own = new RuntimeException(this.failure);
        CancellationException cancelled = new CancellationException();

        assertThat(Failures.unwrap(own)).isSameAs(own);
        assertThat(Failures.unwrap(cancelled)).isSameAs(cancelled);
    }

    @Test
    void aFailureIsNotSuppressedInItself() {
        Failures.suppress(this.failure, this.failure);

        assertThat(this.failure).hasNoSuppressedExceptions();
    }

    @Test
    void theSuppressedFailuresOfTheApplicationCount() {
        for (int i = 0; i < 4; i++) {
            this.failure.addSuppressed(new IOException("of the application"));
        }

        Failures.suppress(this.failure, new IOException("fifth"));
        Failures.suppress(this.failure, new IOException("sixth"));

        assertThat(this.failure.getSuppressed()).hasSize(5);
        assertThat(this.failure.getSuppressed()[4]).hasMessage("fifth");
    }

    @Test
    void aRingOfWrappersStaysAsItIs() {
        CompletionException ring = new CompletionException("ring", null) {
            @Override
            public synchronized Throwable getCause() {
                return new CompletionException("next", this);
            }
        };

        assertThat(Failures.unwrap(ring)).isSameAs(ring);
    }

    @Test
    void whatAFailureHasCausedIsNotSuppressedInIt() {
        Failures.suppress(this.failure, new IllegalStateException("told", this.failure));

        assertThat(this.failure).hasNoSuppressedExceptions();
    }
}
