package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The ways to read the caller's own future that have a word of their own for it. */
class CallFutureReadTests {

    private final CompletableFuture<String> work = new CompletableFuture<>();
    private final CallFuture<String> call =
            (CallFuture<String>) PlannedMethod.with().start(() -> this.work);

    @Test
    void aValueIsReadByGetAndGetNow() throws Exception {
        assertThat(this.call.getNow("none")).isEqualTo("none");

        this.work.complete("7.30");

        assertThat(this.call.get()).isEqualTo("7.30");
        assertThat(this.call.getNow("none")).isEqualTo("7.30");
    }

    @Test
    void aMinimalStageGoesOnWithTheValue() {
        CompletionStage<String> stage = this.call.minimalCompletionStage();

        this.work.complete("7.30");

        assertThat(stage.thenApply(price -> price + " EUR").toCompletableFuture())
                .isCompletedWithValue("7.30 EUR");
    }

    @Test
    void aFailureIsReadAsItIs() {
        IOException failure = new IOException("reset");
        this.work.completeExceptionally(failure);

        assertThat(this.call.exceptionNow()).isSameAs(failure);
    }

    @Test
    void withoutAFailureThereIsNoneToRead() {
        assertThat(catchThrowable(this.call::exceptionNow))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not ended");

        this.work.complete("7.30");

        assertThat(catchThrowable(this.call::exceptionNow))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not failed");
    }

    @Test
    void aCancelledCallHasNoFailureToRead() {
        this.call.cancel(true);

        assertThat(catchThrowable(this.call::exceptionNow)).isInstanceOf(IllegalStateException.class);
    }
}
