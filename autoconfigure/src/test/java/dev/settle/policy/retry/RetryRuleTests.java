package dev.settle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.annotation.Retry.Jitter;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules a user writes: on the failure, on the value, and on the server's wish. */
class RetryRuleTests {

    private static final Duration DELAY = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);
    private final RetryPolicy.Builder retry =
            RetryPolicy.times(3).delay(DELAY, DELAY).jitter(Jitter.NONE).time(this.time);

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    private CompletableFuture<String> settled() {
        CompletableFuture<String> call = this.retry.build().call(this.provider);
        this.time.advance(Duration.ofHours(1));
        assertThat(call).isDone();
        return call;
    }

    @Test
    void aPredicateDecidesOnTheFailure() {
        List<Throwable> asked = new ArrayList<>();
        IOException transientFailure = new IOException("busy");
        IOException lasting = new IOException("gone");
        this.retry.on(failure -> {
            asked.add(failure);
            return failure.getMessage().equals("busy");
        });
        this.provider.thenFails(transientFailure).thenThrows(transientFailure).thenFails(lasting);

        assertThat(Results.failure(settled())).isSameAs(lasting);
        assertThat(this.provider.attempts()).isEqualTo(3);
        assertThat(asked).containsExactly(transientFailure, transientFailure, lasting);
    }

    @Test
    void aPredicateIsNotAskedAboutWhatIsExcludedOrNotIncluded() {
        List<Throwable> asked = new ArrayList<>();
        this.retry
                .includes(IOException.class)
                .excludes(FileNotFoundException.class)
                .on(asked::add);
        this.provider.thenFails(new IllegalStateException());

        settled();
        this.provider.then(() -> CompletableFuture.failedFuture(new FileNotFoundException()));
        settled();

        assertThat(asked).isEmpty();
        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @Test
    void aPredicateIsNotAskedAboutACancellationUnlessItIsIncluded() {
        this.retry.on(failure -> true);
        this.provider.thenFails(new CancellationException());

        settled();

        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void aPredicateThatThrowsFailsTheCallWithTheFailureSuppressed() {
        IllegalArgumentException broken = new IllegalArgumentException("broken predicate");
        IOException failure = new IOException("reset");
        this.retry.on(asked -> {
            throw broken;
        });
        this.provider.thenFails(failure);

        assertThat(Results.failure(settled())).isSameAs(broken).hasSuppressedException(failure);
        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void aPredicateThatThrowsLaterFailsTheCallWithAllFailuresSuppressed() {
        IllegalArgumentException broken = new IllegalArgumentException("broken predicate");
        this.retry.on(asked -> {
            if (asked.getMessage().equals("attempt 2")) {
                throw broken;
            }
            return true;
        });
        this.provider.thenFails();

        assertThat(Results.failure(settled())).isSameAs(broken);
        assertThat(broken.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrder("attempt 1", "attempt 2");
    }

    @Test
    void aPredicateThatThrowsAnErrorFailsTheCallToo() {
        AssertionError broken = new AssertionError("broken predicate");
        this.retry.on(asked -> {
            throw broken;
        });
        this.provider.thenFails();

        assertThat(Results.failure(settled())).isSameAs(broken);
    }

    @Test
    void aBadValueIsRetried() {
        this.retry.onResult("pending"::equals);
        this.provider.thenAnswers("pending").thenAnswers("pending").thenAnswers("7.30");

        assertThat(settled()).isCompletedWithValue("7.30");
        assertThat(this.provider.attempts()).isEqualTo(3);
    }

    @Test
    void theLastBadValueIsReturnedWhenThereAreNoMoreRetries() {
        this.retry.onResult(value -> ((String) value).startsWith("pending"));
        this.provider
                .thenAnswers("pending 1")
                .thenAnswers("pending 2")
                .thenAnswers("pending 3")
                .thenAnswers("pending 4");

        assertThat(settled()).isCompletedWithValue("pending 4");
    }

    @Test
    void aNullValueMayBeABadOne() {
        this.retry.onResult(value -> value == null);
        this.provider.thenAnswers(null).thenAnswers("7.30");

        assertThat(settled()).isCompletedWithValue("7.30");
    }

    @Test
    void aNullValueIsNoFailureByItself() {
        this.provider.thenAnswers(null);

        assertThat(settled()).isCompletedWithValue(null);
        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void failuresAndBadValuesShareTheAttempts() {
        this.retry.onResult("pending"::equals);
        this.provider.thenFails().thenAnswers("pending").thenFails().thenAnswers("pending");

        assertThat(settled()).isCompletedWithValue("pending");
        assertThat(this.provider.attempts()).isEqualTo(4);
    }

    @Test
    void aRuleOnValuesThatThrowsFailsTheCall() {
        IllegalArgumentException broken = new IllegalArgumentException("broken rule");
        this.retry.onResult(value -> {
            throw broken;
        });
        this.provider.thenAnswers("7.30");

        assertThat(Results.failure(settled())).isSameAs(broken);
    }

    private void wishes(Function<? super Throwable, Duration> wish) {
        this.retry.retryAfter(wish);
    }

    @Test
    void theServersWishReplacesTheBackoff() {
        wishes(failure -> failure.getMessage().equals("attempt 1") ? Duration.ofSeconds(7) : Duration.ofMillis(1));
        this.provider.thenFails().thenFails().thenAnswers("7.30");

        settled();

        assertThat(this.provider.startedAt())
                .containsExactly(Duration.ZERO, Duration.ofSeconds(7), Duration.ofMillis(7001));
    }

    @Test
    void theServersWishMayBeLongerThanTheLongestDelay() {
        wishes(failure -> Duration.ofMinutes(10));
        this.provider.thenFails().thenAnswers("7.30");

        settled();

        assertThat(this.provider.startedAt()).containsExactly(Duration.ZERO, Duration.ofMinutes(10));
    }

    @Test
    void withoutAWishTheBackoffHolds() {
        wishes(failure -> null);
        this.provider.thenFails().thenAnswers("7.30");

        settled();

        assertThat(this.provider.startedAt()).containsExactly(Duration.ZERO, DELAY);
    }

    @Test
    void aWishInThePastIsForNow() {
        wishes(failure -> Duration.ofSeconds(-3));
        this.provider.thenFails().thenAnswers("7.30");

        settled();

        assertThat(this.provider.startedAt()).containsExactly(Duration.ZERO, Duration.ZERO);
    }

    @Test
    void aWishBeyondTheTimeLimitEndsTheRetriesAtOnce() {
        this.retry.within(Duration.ofSeconds(5));
        wishes(failure -> Duration.ofSeconds(6));
        IOException failure = new IOException("busy for 6 s");
        this.provider.thenFails(failure);

        CompletableFuture<String> call = this.retry.build().call(this.provider);

        assertThat(Results.failure(call)).isSameAs(failure);
    }

    @Test
    void aWishThatCannotBeReadFailsTheCallWithTheFailureSuppressed() {
        IllegalArgumentException broken = new IllegalArgumentException("no date");
        IOException failure = new IOException("busy");
        wishes(asked -> {
            throw broken;
        });
        this.provider.thenFails(failure);

        assertThat(Results.failure(settled())).isSameAs(broken).hasSuppressedException(failure);
        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void theServerIsNotAskedForAWishWhenThereIsNoRetryLeft() {
        List<String> asked = new ArrayList<>();
        wishes(failure -> {
            asked.add(failure.getMessage());
            return DELAY;
        });
        this.provider.thenFails();

        settled();

        assertThat(asked).containsExactly("attempt 1", "attempt 2", "attempt 3");
    }

    private static RetryRules reading(Function<? super Throwable, ?> retryAfter) {
        RetrySettings settings =
                new RetrySettings(3, Duration.ZERO, 2, Duration.ZERO, Jitter.NONE, null, List.of(), List.of(), "");
        return RetryRules.of(
                new RetryBinding.Bound(settings, null, null, retryAfter), null, new VirtualTime(), () -> 0.5);
    }

    @Test
    void aWishMayBeOptional() {
        assertThat(reading(failure -> Optional.of(DELAY)).wish(new IOException()))
                .isEqualTo(DELAY);
        assertThat(reading(failure -> Optional.empty()).wish(new IOException())).isNull();
    }

    @Test
    void aWishOfAnotherTypeIsRefusedByName() {
        RetryRules rules = reading(failure -> 7L);

        assertThat(catchThrowable(() -> rules.wish(new IOException())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Duration")
                .hasMessageContaining("java.lang.Long");
    }
}
