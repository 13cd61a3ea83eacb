package dev.settle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Retry.Jitter;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.core.StepPolicy;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of a retry change while calls are between their attempts: the next decision is made by the new ones. */
class RetryTuningTests {

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time);
    private final AbortSource stopping = new AbortSource();
    private final RetryBudget spent = RetryBudget.of(new RetryBudget.Settings(0, 0, Duration.ofSeconds(10)), this.time);
    private final Map<String, RetryBudget> budgets = Map.of("spent", this.spent);
    private final RetryStep step = new RetryStep(bound(times(3, 100)), this::rules);
    private final PlannedMethod method =
            PlannedMethod.with(new StepPolicy(this.step) {}).stoppingWith(this.stopping);

    private RetryRules rules(RetryBinding.Bound bound) {
        return RetryRules.of(bound, this.budgets.get(bound.settings().budget()), this.time, () -> 0.5);
    }

    private static RetrySettings times(int maxRetries, long delay) {
        return settings(maxRetries, delay, 1, delay, Jitter.NONE, null, List.of(), "");
    }

    private static RetrySettings settings(
            int maxRetries,
            long delay,
            double multiplier,
            long maxDelay,
            Jitter jitter,
            Duration maxDuration,
            List<Class<? extends Throwable>> excludes,
            String budget) {
        return new RetrySettings(
                maxRetries,
                Duration.ofMillis(delay),
                multiplier,
                Duration.ofMillis(maxDelay),
                jitter,
                maxDuration,
                List.of(),
                excludes,
                budget);
    }

    private static RetryBinding.Bound bound(RetrySettings settings) {
        return new RetryBinding.Bound(settings, null, null, null);
    }

    private void tune(RetrySettings settings) {
        this.step.tune(bound(settings));
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    private List<Long> starts() {
        return this.provider.startedAt().stream().map(Duration::toMillis).toList();
    }

    @AfterEach
    void noTimerIsLeft() {
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aCallThatIsBetweenAttemptsMayTryMoreOften() {
        CompletableFuture<String> call = this.method.start(this.provider.thenFails());
        advance(200);

        tune(times(5, 100));
        advance(1000);

        assertThat(Results.failure(call)).hasMessage("attempt 6");
    }

    @Test
    void theRetriesThatWereMadeCountAgainstAFewer() {
        CompletableFuture<String> call = this.method.start(this.provider.thenFails());
        advance(200);
        assertThat(this.provider.attempts()).isEqualTo(3);

        tune(times(1, 100));
        advance(100);

        assertThat(Results.failure(call)).hasMessage("attempt 4");
        assertThat(this.method.events())
                .containsExactly(RetryEvent.RETRYING, RetryEvent.RETRYING, RetryEvent.RETRYING, RetryEvent.EXHAUSTED);
    }

    @Test
    void anAttemptThatRunsIsDecidedOnByTheNewRules() {
        CompletableFuture<String> call = this.method.start(this.provider.thenWaits());

        tune(times(0, 100));
        this.provider.future(1).completeExceptionally(new IOException("reset"));

        assertThat(Results.failure(call)).hasMessage("reset");
        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void theDelayThatGoesOnIsKeptAndTheNextIsTheNewOne() {
        this.method.start(this.provider.thenFails());
        advance(50);

        tune(times(3, 10));
        advance(70);

        assertThat(starts()).containsExactly(0L, 100L, 110L, 120L);
    }

    @Test
    void theDelayGrowsByTheNewFactorFromTheRetriesMadeSoFar() {
        this.method.start(this.provider.thenFails());
        advance(150);

        tune(settings(3, 10, 3, 1000, Jitter.NONE, null, List.of(), ""));
        advance(150);

        // The third delay: 10 ms, times three, times three.
        assertThat(starts()).containsExactly(0L, 100L, 200L, 290L);
    }

    @Test
    void theNextDelayIsSpreadByTheNewJitter() {
        this.method.start(this.provider.thenFails());

        tune(settings(3, 100, 1, 100, Jitter.FULL, null, List.of(), ""));
        advance(200);

        assertThat(starts()).containsExactly(0L, 100L, 150L, 200L);
    }

    @Test
    void aLongerFirstDelayIsTheLeastAlsoForDecorrelatedJitter() {
        tune(settings(2, 10, 1, 1000, Jitter.DECORRELATED, null, List.of(), ""));
        this.method.start(this.provider.thenFails());

        tune(settings(2, 200, 1, 1000, Jitter.DECORRELATED, null, List.of(), ""));
        advance(420);

        assertThat(starts()).containsExactly(0L, 20L, 420L);
    }

    @Test
    void aTimeLimitOfACallThatHadNoneCountsFromItsNextFailure() {
        CompletableFuture<String> call = this.method.start(this.provider.thenFails());

        tune(settings(3, 100, 1, 100, Jitter.NONE, Duration.ofMillis(150), List.of(), ""));
        advance(100);
        assertThat(call).isNotDone();
        advance(100);

        assertThat(Results.failure(call)).hasMessage("attempt 3");
    }

    @Test
    void whatIsExcludedNowIsNotTriedAgain() {
        CompletableFuture<String> call = this.method.start(this.provider.thenFails());

        tune(settings(3, 100, 1, 100, Jitter.NONE, null, List.of(IllegalStateException.class), ""));
        advance(100);

        assertThat(Results.failure(call)).hasMessage("attempt 2");
    }

    @Test
    void thePredicateOfNowDecides() {
        CompletableFuture<String> call = this.method.start(this.provider.thenFails());
        Predicate<Throwable> never = failure -> false;

        this.step.tune(new RetryBinding.Bound(times(3, 100), never, null, null));
        advance(100);

        assertThat(Results.failure(call)).hasMessage("attempt 2");
    }

    @Test
    void aValueCountsAsAFailureByTheRuleOfNow() {
        CompletableFuture<String> call =
                this.method.start(this.provider.thenWaits().thenAnswers("7.30"));

        this.step.tune(new RetryBinding.Bound(times(3, 100), null, "busy"::equals, null));
        this.provider.future(1).complete("busy");
        advance(100);

        assertThat(call).isCompletedWithValue("7.30");
    }

    @Test
    void theBudgetOfNowIsAsked() {
        CompletableFuture<String> call = this.method.start(this.provider.thenFails());

        tune(settings(3, 100, 1, 100, Jitter.NONE, null, List.of(), "spent"));
        advance(100);

        assertThat(Results.failure(call)).hasMessage("attempt 2");
        assertThat(this.method.events()).containsExactly(RetryEvent.RETRYING, RetryEvent.BUDGET_SPENT);
    }

    @Test
    void aCallThatIsBetweenAttemptsCanStillBeGivenUp() {
        CompletableFuture<String> call = this.method.start(this.provider.thenFails());
        tune(times(9, 10));

        call.cancel(true);
        advance(1000);

        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void aCallThatIsBetweenAttemptsStillEndsWhenTheApplicationStops() {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        calls.add(this.method.start(this.provider.thenFails()));
        tune(times(9, 10));

        this.stopping.abort(AbortReason.shutdown("closing"));

        assertThat(calls).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(this.provider.attempts()).isOne();
    }

    @Test
    void itsNameShowsTheSettingsOfNow() {
        tune(times(7, 10));

        assertThat(this.step).hasToString("Retry 7 times");
    }
}
