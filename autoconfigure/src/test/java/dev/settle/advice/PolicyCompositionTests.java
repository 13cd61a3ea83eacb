package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.CallTimeoutException;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.AsyncCall;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What policies do to each other on one method, by the order in which they stand. */
class PolicyCompositionTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);
    private final List<String> started = new ArrayList<>();

    /** Work that notes that it has started. */
    private AsyncCall<String> noted(String name, CompletableFuture<String> work) {
        return () -> {
            this.started.add(name);
            return work;
        };
    }

    private void with(Trial trial) {
        Startup.runner(this.time).withBean(Shop.class).run(context -> {
            trial.run(context.getBean(Shop.class));
            assertThat(this.time.pending()).as("timers").isZero();
        });
    }

    /** What a test does with the service. */
    private interface Trial {
        void run(Shop shop) throws Exception;
    }

    private static void assertRefused(CompletableFuture<String> call, String policy, Reason reason) {
        assertThat(Results.failure(call)).isInstanceOfSatisfying(CallRejectedException.class, refused -> {
            assertThat(refused.policy()).isEqualTo(policy);
            assertThat(refused.reason()).isEqualTo(reason);
        });
    }

    private static void assertTimedOut(CompletableFuture<String> call, CallPhase phase) {
        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallTimeoutException.class,
                        timeout -> assertThat(timeout.phase()).isEqualTo(phase));
    }

    @Test
    void aRetryHasNoPermitDuringItsDelay() {
        with(shop -> {
            shop.retriedInBulkhead(this.provider.thenFails());
            CompletableFuture<String> other =
                    shop.retriedInBulkhead(noted("other", CompletableFuture.completedFuture("7.30")));

            assertThat(other).isCompletedWithValue("7.30");
            this.time.advance(SECOND);
            assertThat(this.provider.attempts()).isEqualTo(2);
        });
    }

    @Test
    void aRetryGoesToTheEndOfTheLine() {
        with(shop -> {
            CompletableFuture<String> second = new CompletableFuture<>();
            CompletableFuture<String> third = new CompletableFuture<>();
            CompletableFuture<String> first = new CompletableFuture<>();
            List<CompletableFuture<String>> attempts =
                    new ArrayList<>(List.of(first, CompletableFuture.completedFuture("7.30")));
            CompletableFuture<String> retried = shop.retriedInBulkhead(() -> {
                this.started.add("first");
                return attempts.remove(0);
            });
            shop.retriedInBulkhead(noted("second", second));
            shop.retriedInBulkhead(noted("third", third));

            first.completeExceptionally(new IllegalStateException("refused"));
            this.time.advance(SECOND);
            second.complete("7.31");
            third.complete("7.32");

            assertThat(this.started).containsExactly("first", "second", "third", "first");
            assertThat(retried).isCompletedWithValue("7.30");
        });
    }

    @Test
    void eachAttemptIsPaced() {
        with(shop -> {
            CompletableFuture<String> call =
                    shop.retriedAtARate(this.provider.thenFails().thenFails().thenAnswers("7.30"));
            this.time.advance(Duration.ofSeconds(2));

            assertThat(call).isCompletedWithValue("7.30");
            assertThat(this.provider.startedAt()).containsExactly(Duration.ZERO, SECOND, Duration.ofSeconds(2));
        });
    }

    @Test
    void waitingForTheThrottleIsNoPartOfTheAttempt() {
        with(shop -> {
            shop.pacedAttempt(() -> CompletableFuture.completedFuture("7.30"));
            CompletableFuture<String> paced = shop.pacedAttempt(this.provider.thenTakes(SECOND, "7.31"));
            this.time.advance(Duration.ofSeconds(11));

            assertThat(this.provider.startedAt()).containsExactly(Duration.ofSeconds(10));
            assertThat(paced).isCompletedWithValue("7.31");
        });
    }

    @Test
    void waitingForTheThrottleIsPartOfTheCall() {
        with(shop -> {
            shop.pacedCall(() -> CompletableFuture.completedFuture("7.30"));
            CompletableFuture<String> paced = shop.pacedCall(this.provider.thenWaits());
            this.time.advance(Duration.ofSeconds(15));

            assertThat(this.provider.startedAt()).containsExactly(Duration.ofSeconds(10));
            assertTimedOut(paced, CallPhase.RUNNING);
        });
    }

    @Test
    void aWaitForTheThrottleThatWouldOutliveTheCallIsRefusedNow() {
        with(shop -> {
            shop.pacedCall(() -> CompletableFuture.completedFuture("7.30"));
            CompletableFuture<String> second = shop.pacedCall(() -> CompletableFuture.completedFuture("7.31"));
            CompletableFuture<String> doomed = shop.pacedCall(this.provider.thenAnswers("7.32"));

            assertRefused(doomed, "throttle", Reason.WAIT_EXCEEDED);
            this.time.advance(Duration.ofSeconds(30));
            assertThat(second).isCompletedWithValue("7.31");
            assertThat(this.provider.attempts()).isZero();
        });
    }

    @Test
    void aWaiterThatTimesOutNeverRunsAndLeavesItsPermit() {
        with(shop -> {
            CompletableFuture<String> work = new CompletableFuture<>();
            CompletableFuture<String> holder = shop.boundedInBulkhead(() -> work);
            this.time.advance(SECOND);
            CompletableFuture<String> waiter = shop.boundedInBulkhead(this.provider.thenAnswers("7.31"));
            this.time.advance(Duration.ofSeconds(2));

            assertTimedOut(holder, CallPhase.RUNNING);
            assertTimedOut(waiter, CallPhase.WAITING_BULKHEAD);
            work.complete("7.30");
            assertThat(this.provider.attempts()).isZero();
            assertThat(shop.boundedInBulkhead(() -> CompletableFuture.completedFuture("7.32")))
                    .isCompletedWithValue("7.32");
        });
    }

    @Test
    void workThatIsGivenUpAndGoesOnKeepsItsPermit() {
        with(shop -> {
            CompletableFuture<String> work = new CompletableFuture<>();
            CompletableFuture<String> holder = shop.boundedInBulkhead(() -> work);
            this.time.advance(Duration.ofSeconds(2));
            assertTimedOut(holder, CallPhase.RUNNING);
            CompletableFuture<String> next = shop.boundedInBulkhead(this.provider.thenAnswers("7.31"));

            assertThat(this.provider.attempts()).isZero();
            work.complete("7.30");
            assertThat(next).isCompletedWithValue("7.31");
        });
    }

    @Test
    void whileWorkThatIsGivenUpGoesOnTheLineHasItsLength() {
        with(shop -> {
            CompletableFuture<String> work = new CompletableFuture<>();
            shop.boundedInShortLine(() -> work);
            this.time.advance(Duration.ofSeconds(2));
            CompletableFuture<String> waiter = shop.boundedInShortLine(this.provider.thenAnswers("7.31"));

            assertRefused(shop.boundedInShortLine(this.provider), "bulkhead", Reason.QUEUE_FULL);
            this.time.advance(Duration.ofSeconds(2));
            assertTimedOut(waiter, CallPhase.WAITING_BULKHEAD);
            CompletableFuture<String> next =
                    shop.boundedInShortLine(noted("next", CompletableFuture.completedFuture("7.32")));
            work.complete("7.30");

            assertThat(next).isCompletedWithValue("7.32");
            assertThat(this.provider.attempts()).isZero();
        });
    }

    @Test
    void aCallThatTimesOutInTheLineOfTheLockNeverRunsAndSaysSo() {
        with(shop -> {
            CompletableFuture<String> work = new CompletableFuture<>();
            CompletableFuture<String> holder = shop.boundedInLock(() -> work);
            this.time.advance(SECOND);
            CompletableFuture<String> waiter = shop.boundedInLock(this.provider.thenAnswers("7.31"));
            this.time.advance(Duration.ofSeconds(2));

            assertTimedOut(holder, CallPhase.RUNNING);
            assertTimedOut(waiter, CallPhase.WAITING_EXCLUSIVE);
            work.complete("7.30");
            assertThat(this.provider.attempts()).isZero();
            assertThat(shop.boundedInLock(() -> CompletableFuture.completedFuture("7.32")))
                    .isCompletedWithValue("7.32");
        });
    }

    @Test
    void aHotKeyDoesNotStarveTheOthers() {
        with(shop -> {
            CompletableFuture<String> hot = new CompletableFuture<>();
            List<CompletableFuture<String>> waiting = new ArrayList<>();
            for (int i = 0; i < 51; i++) {
                waiting.add(shop.hotKeys("hot", noted("hot", hot)));
            }

            CompletableFuture<String> cold =
                    shop.hotKeys("cold", noted("cold", CompletableFuture.completedFuture("7.30")));

            assertThat(cold).isCompletedWithValue("7.30");
            assertThat(this.started).containsExactly("hot", "cold");
            hot.complete("7.31");
            assertThat(waiting).allSatisfy(call -> assertThat(call).isCompletedWithValue("7.31"));
        });
    }

    @Test
    void aRefusalOfTheBulkheadIsRetried() {
        with(shop -> {
            CompletableFuture<String> work = new CompletableFuture<>();
            shop.retriedWhenFull(() -> work);
            CompletableFuture<String> retried = shop.retriedWhenFull(this.provider.thenAnswers("7.31"));
            assertThat(retried).isNotDone();
            work.complete("7.30");
            this.time.advance(SECOND);

            assertThat(retried).isCompletedWithValue("7.31");
            assertThat(this.provider.attempts()).isEqualTo(1);
        });
    }

    @Test
    void aRefusalThatStaysReachesTheCaller() {
        with(shop -> {
            CompletableFuture<String> work = new CompletableFuture<>();
            shop.retriedWhenFull(() -> work);
            CompletableFuture<String> retried = shop.retriedWhenFull(this.provider.thenAnswers("7.31"));
            this.time.advance(SECOND);

            assertRefused(retried, "bulkhead", Reason.WAIT_EXCEEDED);
            assertThat(Results.failure(retried).getSuppressed()).hasSize(1);
            work.complete("7.30");
        });
    }

    @Test
    void aRefusalThatIsNotIncludedIsNotRetried() {
        with(shop -> {
            CompletableFuture<String> work = new CompletableFuture<>();
            shop.retriedForOthers(() -> work);

            assertRefused(shop.retriedForOthers(this.provider.thenAnswers("7.31")), "bulkhead", Reason.WAIT_EXCEEDED);
            work.complete("7.30");
        });
    }

    @Test
    void coalescedCallsAreRetriedOnceForAll() {
        with(shop -> {
            Provider latest = this.provider.thenFails().thenAnswers("7.30");
            List<CompletableFuture<String>> calls = List.of(
                    shop.debounced(noted("first", new CompletableFuture<>())),
                    shop.debounced(noted("second", new CompletableFuture<>())),
                    shop.debounced(latest));
            this.time.advance(Duration.ofSeconds(2));

            assertThat(calls).allSatisfy(call -> assertThat(call).isCompletedWithValue("7.30"));
            assertThat(latest.startedAt()).containsExactly(SECOND, Duration.ofSeconds(2));
            assertThat(this.started).isEmpty();
        });
    }

    @Test
    void theTimeOfTheCallBeginsAfterThePause() {
        with(shop -> {
            CompletableFuture<String> call = shop.debouncedAndBounded(this.provider.thenTakes(SECOND, "7.30"));
            this.time.advance(Duration.ofSeconds(2));

            assertThat(call).isCompletedWithValue("7.30");
        });
    }
}
