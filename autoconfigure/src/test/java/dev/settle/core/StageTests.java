package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What methods return: stages of all kinds, and things that are none. */
class StageTests {

    private final PlannedMethod method = PlannedMethod.with();
    private final CompletableFuture<String> behind = new CompletableFuture<>();

    /** A stage that is no {@code CompletableFuture}, and what it says when asked for one. */
    @SuppressWarnings("unchecked") // a proxy of CompletionStage is one
    private CompletionStage<String> stage(UnaryOperator<CompletableFuture<String>> toFuture) {
        return (CompletionStage<String>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CompletionStage.class},
                (proxy, called, arguments) -> called.getName().equals("toCompletableFuture")
                        ? toFuture.apply(this.behind)
                        : called.invoke(this.behind, arguments));
    }

    private CompletionStage<String> withoutFuture() {
        return stage(future -> {
            throw new UnsupportedOperationException("no future");
        });
    }

    @Test
    void aStageThatIsNoFutureIsFollowed() {
        CompletableFuture<String> call = this.method.start(() -> stage(future -> future));

        this.behind.complete("7.30");

        assertThat(call).isCompletedWithValue("7.30");
    }

    @Test
    void aStageThatIsNoFutureIsCancelledThroughTheOneItGives() {
        CompletableFuture<String> call = this.method.start(() -> stage(future -> future));

        call.cancel(true);

        assertThat(this.behind).isCancelled();
    }

    @Test
    void aStageThatGivesNoFutureIsFollowed() {
        CompletableFuture<String> call = this.method.start(this::withoutFuture);

        this.behind.complete("7.30");

        assertThat(call).isCompletedWithValue("7.30");
    }

    @Test
    void aStageThatGivesNoFutureIsGivenUpAllTheSame() {
        AtomicReference<AbortSignal> signal = new AtomicReference<>();
        CompletableFuture<String> call = this.method.start(() -> {
            signal.set(AbortSignal.current());
            return withoutFuture();
        });

        call.cancel(true);

        assertThat(call).isCancelled();
        assertThat(signal.get().aborted()).isTrue();
        assertThat(this.behind).isNotDone();
    }

    @Test
    void aMinimalStageIsFollowedAndGivenUp() {
        CompletableFuture<String> first = this.method.start(this.behind::minimalCompletionStage);
        CompletableFuture<String> second = this.method.start(this.behind::minimalCompletionStage);

        second.cancel(true);
        this.behind.complete("7.30");

        assertThat(first).isCompletedWithValue("7.30");
        assertThat(second).isCancelled();
    }

    @Test
    void aFailedStageGivesItsFailureUnwrapped() {
        IOException failure = new IOException("reset");
        CompletableFuture<String> call = this.method.start(() -> this.behind.thenApply(value -> value + " later"));

        this.behind.completeExceptionally(failure);

        assertThat(Results.failure(call)).isSameAs(failure);
    }

    @Test
    void aStageThatCannotBeFollowedFailsTheCall() {
        IllegalStateException broken = new IllegalStateException("broken stage");
        CompletableFuture<String> call = this.method.start(() -> new CompletableFuture<String>() {
            @Override
            public <U> CompletableFuture<U> handle(BiFunction<? super String, Throwable, ? extends U> action) {
                throw broken;
            }
        });

        assertThat(Results.failure(call)).isSameAs(broken);
    }

    @Test
    void nullFailsTheCall() {
        CompletableFuture<String> call = this.method.start(() -> null);

        assertThat(Results.failure(call))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("'" + PlannedMethod.NAME + "' returned null instead of a future");
    }

    @Test
    void aThrowFailsTheCall() {
        IOException failure = new IOException("refused");
        CompletableFuture<String> call = this.method.start(() -> {
            throw failure;
        });

        assertThat(Results.failure(call)).isSameAs(failure);
    }

    @Test
    void anErrorThatIsThrownFailsTheCall() {
        StackOverflowError failure = new StackOverflowError("on purpose");
        CompletableFuture<String> call = this.method.start(() -> {
            throw failure;
        });

        assertThat(Results.failure(call)).isSameAs(failure);
    }

    @Test
    void anAbortWhileTheMethodStillRunsCancelsTheFutureThatItThenReturns() {
        AbortSource passed = new AbortSource();

        CompletableFuture<String> call = this.method.start(passed, () -> {
            passed.abort(AbortReason.application("enough"));
            return this.behind;
        });

        assertThat(this.behind).isCancelled();
        assertThat(Results.failure(call)).isInstanceOf(AbortedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void theSignalIsCurrentOnlyWhileTheMethodRuns() {
        AtomicReference<AbortSignal> inside = new AtomicReference<>();

        this.method.start(() -> {
            inside.set(AbortSignal.current());
            return this.behind;
        });

        assertThat(inside.get()).isNotSameAs(AbortSignal.never());
        assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
    }

    @Test
    void theSignalIsTakenBackWhenTheMethodThrows() {
        this.method.start(() -> {
            throw new IOException("refused");
        });

        assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
    }
}
