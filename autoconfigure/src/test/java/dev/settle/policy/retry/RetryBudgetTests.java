package dev.settle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.settle.annotation.Retry.Jitter;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Retries as a share of the calls, after Finagle's {@code RetryBudgetTest}. */
class RetryBudgetTests {

    private final VirtualTime time = new VirtualTime();

    private RetryBudget budget(double ratio, int minPerSecond, Duration ttl) {
        return RetryBudget.of(new RetryBudget.Settings(ratio, minPerSecond, ttl), this.time);
    }

    private int withdrawals(RetryBudget budget) {
        int count = 0;
        while (count < 100_000 && budget.tryWithdraw()) {
            count++;
        }
        return count;
    }

    private RetryPolicy retry(RetryBudget budget) {
        return RetryPolicy.times(3)
                .delay(Duration.ZERO, Duration.ZERO)
                .jitter(Jitter.NONE)
                .budget(budget)
                .time(this.time)
                .build();
    }

    @Test
    void aHundredFailingCallsGetTwentyRetriesOfAFifth() {
        RetryPolicy retry = retry(budget(0.2, 0, Duration.ofSeconds(10)));
        Provider provider = new Provider(this.time).thenFails();

        for (int i = 0; i < 100; i++) {
            assertThat(Results.failure(call(retry, provider))).isInstanceOf(IllegalStateException.class);
        }

        assertThat(provider.attempts() - 100).isBetween(19, 20);
    }

    private CompletableFuture<String> call(RetryPolicy retry, Provider provider) {
        CompletableFuture<String> call = retry.call(provider);
        this.time.run();
        return call;
    }

    @Test
    void onceSpentTheLastFailureIsGivenAtOnce() {
        RetryBudget spent = budget(0, 0, Duration.ofSeconds(10));
        PlannedMethod method = PlannedMethod.with(retry(spent));
        IOException failure = new IOException("reset");

        CompletableFuture<String> call = method.start(new Provider(this.time).thenFails(failure));

        assertThat(Results.failure(call)).isSameAs(failure);
        assertThat(this.time.pending()).isZero();
        assertThat(method.events()).containsExactly(RetryEvent.BUDGET_SPENT);
    }

    @Test
    void callsThatSucceedEarnRetriesForThoseThatFail() {
        RetryPolicy retry = retry(budget(0.2, 0, Duration.ofSeconds(10)));
        Provider healthy = new Provider(this.time).thenAnswers("7.30");
        Provider broken = new Provider(this.time).thenFails();

        for (int i = 0; i < 20; i++) {
            call(retry, healthy);
        }
        call(retry, broken);

        assertThat(broken.attempts()).isEqualTo(4);
    }

    @Test
    void aRetryEarnsNoRetries() {
        RetryPolicy retry = retry(budget(1, 0, Duration.ofSeconds(10)));
        Provider broken = new Provider(this.time).thenFails();

        call(retry, broken);

        assertThat(broken.attempts()).isEqualTo(2);
    }

    @Test
    void severalPoliciesMayShareABudget() {
        RetryBudget shared = budget(1, 0, Duration.ofSeconds(10));
        Provider one = new Provider(this.time).thenFails();
        Provider other = new Provider(this.time).thenFails();
        shared.deposit();

        call(retry(shared), one);
        call(retry(shared), other);

        assertThat(one.attempts() + other.attempts()).isEqualTo(2 + 3);
    }

    @Test
    void someRetriesASecondAreAlwaysAllowed() {
        assertThat(withdrawals(budget(0, 3, Duration.ofSeconds(10)))).isEqualTo(30);
    }

    @Test
    void theDefaultIsAFifthAndTenASecondOverTenSeconds() {
        assertThat(RetryBudget.Settings.DEFAULT).isEqualTo(new RetryBudget.Settings(0.2, 10, Duration.ofSeconds(10)));
        assertThat(withdrawals(RetryBudget.create())).isEqualTo(100);
    }

    @Test
    void fiveFifthsAreOne() {
        RetryBudget budget = budget(0.2, 0, Duration.ofSeconds(10));

        for (int i = 0; i < 5; i++) {
            assertThat(budget.tryWithdraw()).isFalse();
            budget.deposit();
        }

        assertThat(withdrawals(budget)).isOne();
    }

    @Test
    void aCallCountsForItsTime() {
        RetryBudget budget = budget(1, 0, Duration.ofSeconds(10));
        budget.deposit();

        this.time.advance(Duration.ofMillis(9_500));

        assertThat(withdrawals(budget)).isOne();
    }

    @Test
    void aCallIsForgottenAfterItsTime() {
        RetryBudget budget = budget(1, 0, Duration.ofSeconds(10));
        budget.deposit();

        this.time.advance(Duration.ofSeconds(10));

        assertThat(withdrawals(budget)).isZero();
    }

    @Test
    void callsAreForgottenOneAfterTheOther() {
        RetryBudget budget = budget(1, 0, Duration.ofSeconds(10));
        for (int second = 0; second < 10; second++) {
            budget.deposit();
            this.time.advance(Duration.ofSeconds(1));
        }

        // The first is ten seconds old.
        assertThat(withdrawals(budget)).isEqualTo(9);
    }

    @Test
    void retriesTakenAreForgottenToo() {
        RetryBudget budget = budget(0, 1, Duration.ofSeconds(10));
        assertThat(withdrawals(budget)).isEqualTo(10);

        this.time.advance(Duration.ofSeconds(10));

        assertThat(withdrawals(budget)).isEqualTo(10);
    }

    @Test
    void aLongSilenceLeavesAnEmptyBudget() {
        RetryBudget budget = budget(1, 0, Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            budget.deposit();
        }

        this.time.advance(Duration.ofDays(400));

        assertThat(withdrawals(budget)).isZero();
    }

    @Test
    void settingsThatCannotBeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget(-0.1, 0, Duration.ofSeconds(10)))
                .withMessageContaining("ratio")
                .withMessageContaining("-0.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget(Double.NaN, 0, Duration.ofSeconds(10)))
                .withMessageContaining("ratio")
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget(1001, 0, Duration.ofSeconds(10)))
                .withMessageContaining("ratio")
                .withMessageContaining("1001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget(0.2, -1, Duration.ofSeconds(10)))
                .withMessageContaining("min-per-second")
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget(0.2, 0, Duration.ofMillis(999)))
                .withMessageContaining("ttl")
                .withMessageContaining("PT0.999S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget(0.2, 0, Duration.ofSeconds(61)))
                .withMessageContaining("ttl")
                .withMessageContaining("PT1M1S");
    }
}
