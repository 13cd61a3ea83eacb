package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Retry.Jitter;
import dev.settle.policy.retry.RetryPolicy;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Policies around policies, ours and other people's. */
class CompositionTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);

    private RetryPolicy retry(int maxRetries) {
        return RetryPolicy.times(maxRetries)
                .delay(SECOND, SECOND)
                .jitter(Jitter.NONE)
                .time(this.time)
                .build();
    }

    private TimeoutPolicy timeout(Duration limit) {
        return TimeoutPolicy.of(limit, true, this.time);
    }

    /** A policy that somebody else wrote around one of ours. */
    private static Policy foreign(Policy delegate) {
        return new Policy() {
            @Override
            public <T> CompletableFuture<T> call(AsyncCall<T> work) {
                return delegate.call(work);
            }

            @Override
            public String toString() {
                return "Foreign(" + delegate + ")";
            }
        };
    }

    /** A policy that somebody else wrote and that does nothing but write down when it comes round. */
    private static final class Tracing implements Policy {

        private final List<String> trace = new ArrayList<>();

        @Override
        public <T> CompletableFuture<T> call(AsyncCall<T> work) {
            this.trace.add("in");
            try {
                return work.start().toCompletableFuture().whenComplete((value, failure) -> this.trace.add("out"));
            } catch (Exception ex) {
                this.trace.add("thrown");
                return CompletableFuture.failedFuture(ex);
            }
        }
    }

    @Test
    void aRetryAroundATimeoutGivesEachAttemptItsOwnTime() {
        this.provider.thenWaits().thenWaits().thenAnswers("7.30");

        CompletableFuture<String> call = retry(3).around(timeout(SECOND)).call(this.provider);
        this.time.advance(Duration.ofSeconds(4));

        assertThat(call).isCompletedWithValue("7.30");
        assertThat(this.provider.startedAt())
                .containsExactly(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(this.provider.future(1)).isCancelled();
        assertThat(this.provider.future(2)).isCancelled();
    }

    @Test
    void aTimeoutAroundARetryCoversTheDelays() {
        this.provider.thenFails();

        CompletableFuture<String> call =
                timeout(Duration.ofMillis(2500)).around(retry(9)).call(this.provider);
        this.time.advance(Duration.ofMillis(2500));

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(this.time.pending()).isZero();
        assertThat(this.provider.attempts()).isEqualTo(3);
    }

    @Test
    void threeDeepEachDoesItsPart() {
        this.provider.thenWaits();

        CompletableFuture<String> call = timeout(Duration.ofSeconds(5))
                .around(retry(9))
                .around(timeout(SECOND))
                .call(this.provider);
        this.time.advance(Duration.ofSeconds(4));
        List<Boolean> cancelled = List.of(
                this.provider.future(1).isCancelled(), this.provider.future(2).isCancelled());
        this.time.advance(SECOND);

        assertThat(cancelled).containsExactly(true, true);
        assertThat(this.provider.future(3)).isCancelled();
        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.limit()).isEqualTo(Duration.ofSeconds(5)));
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void compositionIsAssociative() {
        Policy left = timeout(Duration.ofSeconds(5)).around(retry(9)).around(timeout(SECOND));
        Policy right = timeout(Duration.ofSeconds(5)).around(retry(9).around(timeout(SECOND)));

        assertThat(left).hasToString(right.toString());
    }

    @Test
    void compositionShowsItsPoliciesOutermostFirst() {
        assertThat(retry(3).around(foreign(retry(1))).around(timeout(SECOND)))
                .hasToString("[Retry 3 times, Foreign(Retry 1 times), Timeout(ATTEMPT) 1 s]");
    }

    @Test
    void thePoliciesOfOneCallShareOneSignal() {
        this.provider.thenFails().thenWaits();
        CompletableFuture<String> call = retry(3).around(retry(0)).call(this.provider);
        this.time.advance(SECOND);

        call.cancel(true);

        assertThat(this.provider.signals().get(0))
                .isSameAs(this.provider.signals().get(1));
        assertThat(this.provider.signals().get(0).reason().orElseThrow().kind()).isEqualTo(Kind.CALLER_CANCELLED);
    }

    @Test
    void theNearestDeadlineOfAllIsToldToTheWork() {
        List<Duration> remaining = new ArrayList<>();
        Policy policies = timeout(Duration.ofSeconds(5)).around(retry(9)).around(timeout(Duration.ofSeconds(3)));

        policies.call(() -> {
            remaining.add(AbortSignal.current().remaining().orElseThrow());
            throw new IOException("refused");
        });
        this.time.advance(Duration.ofSeconds(4));

        assertThat(remaining)
                .containsExactly(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1));
    }

    @Test
    void aForeignPolicyInTheMiddleComesRoundWithEachAttempt() {
        Tracing tracing = new Tracing();
        this.provider.thenFails().thenThrows(new IOException("refused")).thenAnswers("7.30");

        CompletableFuture<String> call =
                retry(3).around(tracing).around(timeout(SECOND)).call(this.provider);
        this.time.advance(Duration.ofSeconds(2));

        assertThat(call).isCompletedWithValue("7.30");
        assertThat(tracing.trace).containsExactly("in", "out", "in", "out", "in", "out");
    }

    @Test
    void aFailureThroughAForeignPolicyIsUnwrapped() {
        IOException failure = new IOException("reset");
        this.provider.thenFails(failure);
        List<Throwable> asked = new ArrayList<>();
        Policy asking = RetryPolicy.times(1).on(asked::add).time(this.time).build();

        CompletableFuture<String> call = asking.around(new Tracing()).call(this.provider);
        this.time.advance(Duration.ofMinutes(1));

        assertThat(Results.failure(call)).isSameAs(failure);
        assertThat(asked).containsOnly(failure);
    }

    @Test
    void aCancellationThroughAForeignPolicyIsNotRetried() {
        this.provider.thenWaits();
        CompletableFuture<String> call = retry(3).around(new Tracing()).call(this.provider);

        this.provider.future(1).cancel(true);

        assertThat(call).isCancelled();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void cancellingReachesTheWorkThroughAForeignPolicy() {
        this.provider.thenWaits();
        CompletableFuture<String> call = retry(3).around(foreign(retry(3)))
                .around(timeout(Duration.ofMinutes(1)))
                .call(this.provider);

        call.cancel(true);

        // There are two calls inside this one, and one of them is told on another thread.
        Results.until(() -> this.provider.future(1).isCancelled() && this.time.pending() == 0);
        assertThat(this.provider.signals().get(0).reason().orElseThrow().kind()).isEqualTo(Kind.CALLER_CANCELLED);
    }

    @Test
    void aTimeoutOutsideAForeignRetryEndsItsDelay() {
        this.provider.thenFails();

        CompletableFuture<String> call =
                timeout(Duration.ofMillis(1500)).around(foreign(retry(9))).call(this.provider);
        this.time.advance(Duration.ofMillis(1500));

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(this.time.pending()).isZero();
        this.time.advance(Duration.ofHours(1));
        assertThat(this.provider.attempts()).isEqualTo(2);
    }

    @Test
    void aForeignTimeoutInTheMiddleReachesTheWork() {
        this.provider.thenWaits();

        CompletableFuture<String> call =
                retry(0).around(foreign(timeout(SECOND))).around(retry(0)).call(this.provider);
        this.time.advance(SECOND);

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(this.provider.future(1)).isCancelled();
        assertThat(this.provider.signals().get(0).reason().orElseThrow().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void aForeignTimeoutInnermostReachesTheWork() {
        this.provider.thenWaits();

        CompletableFuture<String> call =
                retry(0).around(foreign(timeout(SECOND))).call(this.provider);
        this.time.advance(SECOND);

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(this.provider.future(1)).isCancelled();
        assertThat(this.provider.signals().get(0).reason().orElseThrow().kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void theDeadlineOfAForeignTimeoutIsToldToTheWork() {
        this.provider.thenWaits();

        timeout(Duration.ofSeconds(5)).around(foreign(timeout(SECOND))).call(this.provider);

        assertThat(this.provider.signals().get(0).remaining()).contains(SECOND);
    }

    @Test
    void aLineThatSomebodyElseKeepsIsLeftWhenTheCallIsGivenUp() {
        CompletableFuture<Object> waiting = new CompletableFuture<>();
        Policy line = new Policy() {
            @Override
            @SuppressWarnings("unchecked") // it is only ever cancelled
            public <T> CompletableFuture<T> call(AsyncCall<T> work) {
                return (CompletableFuture<T>) waiting;
            }
        };
        CompletableFuture<String> call = timeout(SECOND).around(line).call(this.provider);

        this.time.advance(SECOND);

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(waiting).isCancelled();
    }

    @Test
    void aForeignPolicyThatThrowsFailsTheCall() {
        IllegalStateException broken = new IllegalStateException("broken policy");
        Policy throwing = new Policy() {
            @Override
            public <T> CompletableFuture<T> call(AsyncCall<T> work) {
                throw broken;
            }
        };

        assertThat(Results.failure(retry(0).around(throwing).call(this.provider)))
                .isSameAs(broken);
    }

    @Test
    void aForeignPolicyThatReturnsNullFailsTheCall() {
        Policy empty = new Policy() {
            @Override
            public <T> CompletableFuture<T> call(AsyncCall<T> work) {
                return null;
            }
        };

        assertThat(Results.failure(retry(0).around(empty).call(this.provider))).hasMessageContaining("null");
        assertThat(Results.failure(empty.around(retry(0)).call(this.provider))).hasMessageContaining("null");
    }

    @Test
    void aForeignPolicyMayBeOutermost() {
        Tracing tracing = new Tracing();
        this.provider.thenFails().thenAnswers("7.30");

        CompletableFuture<String> call = tracing.around(retry(3)).call(this.provider);
        this.time.advance(SECOND);

        assertThat(call).isCompletedWithValue("7.30");
        assertThat(tracing.trace).containsExactly("in", "out");
    }

    @Test
    void aCallInsideACallIsAbortedWithIt() {
        this.provider.thenFails();
        RetryPolicy inner = RetryPolicy.times(9)
                .delay(Duration.ofHours(1), Duration.ofHours(1))
                .time(this.time)
                .build();
        List<CompletableFuture<String>> nested = new ArrayList<>();
        CompletableFuture<String> call = timeout(SECOND).call(() -> {
            nested.add(inner.call(this.provider));
            return nested.get(0);
        });

        this.time.advance(SECOND);

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
        assertThat(nested.get(0)).isDone();
        assertThat(this.provider.signals().get(0).reason().orElseThrow().kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aCallInsideACallThatIsCancelledIsCancelled() {
        this.provider.thenWaits();
        List<CompletableFuture<String>> nested = new ArrayList<>();
        CompletableFuture<Object> never = new CompletableFuture<>();
        CompletableFuture<Object> call = retry(3).call(() -> {
            nested.add(retry(3).call(this.provider));
            return never;
        });

        call.cancel(true);

        assertThat(this.provider.future(1)).isCancelled();
        assertThat(Results.failure(nested.get(0)))
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason().kind()).isEqualTo(Kind.CALLER_CANCELLED));
    }

    @Test
    void aCallInsideACallDoesNotAbortTheOuterOne() {
        CompletableFuture<Object> never = new CompletableFuture<>();
        this.provider.thenWaits();
        CompletableFuture<Object> call = retry(3).call(() -> {
            retry(3).call(this.provider).cancel(true);
            return never;
        });

        assertThat(this.provider.future(1)).isCancelled();
        assertThat(call).isNotDone();
    }
}
