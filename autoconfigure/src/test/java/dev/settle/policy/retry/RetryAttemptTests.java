package dev.settle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.annotation.Retry.Jitter;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a failed attempt, and how many attempts there are. */
class RetryAttemptTests {

    private static final Duration DELAY = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private RetryPolicy retry(int maxRetries) {
        return RetryPolicy.times(maxRetries)
                .delay(DELAY, DELAY)
                .jitter(Jitter.NONE)
                .time(this.time)
                .build();
    }

    private CompletableFuture<String> settled(RetryPolicy retry) {
        CompletableFuture<String> call = retry.call(this.provider);
        this.time.advance(Duration.ofHours(1));
        assertThat(call).isDone();
        return call;
    }

    @Test
    void aCallThatSucceedsIsMadeOnce() {
        this.provider.thenAnswers("7.30");

        CompletableFuture<String> call = retry(3).call(this.provider);

        assertThat(call).isCompletedWithValue("7.30");
        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void aFailedFutureIsRetried() {
        this.provider.thenFails().thenAnswers("7.30");

        assertThat(settled(retry(3))).isCompletedWithValue("7.30");
        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @Test
    void aFutureThatFailsLaterIsRetried() {
        this.provider
                .thenTakes(Duration.ofSeconds(1), new IOException("reset"))
                .thenTakes(Duration.ofSeconds(1), "7.30");

        assertThat(settled(retry(3))).isCompletedWithValue("7.30");
        assertThat(this.provider.startedAt()).containsExactly(Duration.ZERO, Duration.ofMillis(1100));
    }

    @Test
    void aSynchronousThrowFromAFutureReturningMethodIsRetried() {
        this.provider.thenThrows(new IOException("refused")).thenAnswers("7.30");

        assertThat(settled(retry(3))).isCompletedWithValue("7.30");
        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @Test
    void aNullFutureIsRetried() {
        this.provider.thenReturnsNull().thenAnswers("7.30");

        assertThat(settled(retry(3))).isCompletedWithValue("7.30");
        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @Test
    void eachKindOfFailureIsRetriedOnLaterAttemptsToo() {
        this.provider
                .thenFails()
                .thenThrows(new IOException("refused"))
                .thenReturnsNull()
                .thenThrows(new IllegalStateException("refused"))
                .thenReturnsNull()
                .thenFails()
                .thenAnswers("7.30");

        assertThat(settled(retry(6))).isCompletedWithValue("7.30");
        assertThat(this.provider.attempts()).isEqualTo(7);
    }

    @Test
    void aFutureThatStaysNullFailsTheCallAndSaysWhat() {
        this.provider.thenReturnsNull();

        assertThat(Results.failure(settled(retry(2))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("returned null instead of a future");
    }

    @Test
    void aSynchronousThrowIsNeverThrownAtTheCaller() {
        IOException failure = new IOException("refused");
        this.provider.thenThrows(failure);

        CompletableFuture<String> call = retry(0).call(this.provider);

        assertThat(Results.failure(call)).isSameAs(failure);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 50})
    void thereIsOneAttemptMoreThanRetries(int maxRetries) {
        this.provider.thenFails();

        CompletableFuture<String> call = settled(retry(maxRetries));

        assertThat(this.provider.attempts()).isEqualTo(maxRetries + 1);
        assertThat(Results.failure(call)).hasMessage("attempt " + (maxRetries + 1));
    }

    @Test
    void withoutRetriesTheFirstFailureIsGivenAtOnce() {
        this.provider.thenFails();

        CompletableFuture<String> call = retry(0).call(this.provider);

        assertThat(Results.failure(call)).hasMessage("attempt 1").hasNoSuppressedExceptions();
    }

    @Test
    void nothingStartsWhileAnAttemptIsPending() {
        this.provider.thenWaits();

        CompletableFuture<String> call = retry(3).call(this.provider);
        this.time.advance(Duration.ofDays(1));

        assertThat(call).isNotDone();
        assertThat(this.provider.attempts()).isOne();
        this.provider.future(1).complete("7.30");
        assertThat(call).isCompletedWithValue("7.30");
    }

    @Test
    void theLastFailureReachesTheCallerAsItIs() {
        IOException last = new IOException("third");
        this.provider.thenFails().thenFails().thenFails(last);

        assertThat(Results.failure(settled(retry(2)))).isSameAs(last);
    }

    @Test
    void aWrappedFailureIsUnwrapped() {
        IOException cause = new IOException("reset");
        this.provider.then(() ->
                CompletableFuture.<String>failedFuture(cause).thenApply(value -> value + " of a dependent stage"));

        assertThat(Results.failure(settled(retry(1)))).isSameAs(cause);
    }

    @Test
    void anExceptionThatTheMethodMadeItselfKeepsItsCause() {
        UncheckedIOException own = new UncheckedIOException(new IOException("reset"));
        this.provider.thenFails(own);

        assertThat(Results.failure(settled(retry(1)))).isSameAs(own);
    }

    @Test
    void earlierFailuresAreSuppressedInTheLast() {
        this.provider.thenFails();

        assertThat(Results.failure(settled(retry(2))).getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("attempt 1", "attempt 2");
    }

    @Test
    void atMostTheFiveFailuresBeforeTheLastAreSuppressed() {
        this.provider.thenFails();

        assertThat(Results.failure(settled(retry(20))).getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("attempt 16", "attempt 17", "attempt 18", "attempt 19", "attempt 20");
    }

    @Test
    void aFailureThatIsThrownForEverDoesNotGrow() {
        IOException always = new IOException("made once");
        this.provider.thenFails(always);

        for (int i = 0; i < 10; i++) {
            assertThat(Results.failure(settled(retry(3)))).isSameAs(always);
        }

        assertThat(always).hasNoSuppressedExceptions();
    }

    @Test
    void twoFailuresThatTakeTurnsForEverDoNotGrow() {
        IOException one = new IOException("one");
        IOException other = new IOException("other");

        for (int i = 0; i < 50; i++) {
            Provider turns = new Provider(this.time).thenFails(one).thenFails(other);
            retry(1).call(turns);
            this.time.advance(DELAY);
        }

        assertThat(List.of(one.getSuppressed(), other.getSuppressed()))
                .allSatisfy(suppressed -> assertThat(suppressed).hasSizeLessThanOrEqualTo(5));
    }

    @Test
    void aMethodThatReturnsItsValueIsRetriedOnItsCallersThread() throws Throwable {
        PlannedMethod method = PlannedMethod.with(
                RetryPolicy.times(2).delay(Duration.ZERO, Duration.ZERO).build());
        List<Thread> threads = new CopyOnWriteArrayList<>();

        Object value = method.call(() -> {
            threads.add(Thread.currentThread());
            if (threads.size() < 3) {
                throw new IOException("refused");
            }
            return "7.30";
        });

        assertThat(value).isEqualTo("7.30");
        assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread(), Thread.currentThread());
    }

    @Test
    void aMethodThatReturnsItsValueThrowsItsLastFailureAsItIs() {
        PlannedMethod method = PlannedMethod.with(
                RetryPolicy.times(1).delay(Duration.ZERO, Duration.ZERO).build());
        CompletionException own = new CompletionException(new IOException("reset"));

        Throwable thrown = catchThrowable(() -> method.call(() -> {
            throw own;
        }));

        assertThat(thrown).isSameAs(own);
    }
}
