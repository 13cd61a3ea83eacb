package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.ReentrantCallException;
import dev.settle.annotation.Scope;
import dev.settle.core.HandWork;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.StepPolicy;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A limit for each key. */
class KeyedBulkheadTests {

    private static final WaitBounds BOUNDS = new WaitBounds(Duration.ofSeconds(30), 1);

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private Object key;
    private final BulkheadStep step = step(1_000_000);
    private final PlannedMethod method = method(this.step);

    private BulkheadStep step(int maxKeys) {
        KeySettings keys = new KeySettings(call -> this.key, maxKeys);
        return new BulkheadStep(new BulkheadSettings(1, BOUNDS, keys, Scope.LOCAL), this.time);
    }

    private static PlannedMethod method(BulkheadStep step) {
        return PlannedMethod.with(new StepPolicy(step) {});
    }

    private CompletableFuture<String> call(Object key, String name) {
        return call(this.method, key, name);
    }

    private CompletableFuture<String> call(PlannedMethod method, Object key, String name) {
        this.key = key;
        return method.start(() -> this.work.start(name));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.step.states().keys()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void callsOfDifferentKeysDoNotWaitForEachOther() {
        call("EUR", "Ann");
        call("EUR", "Bob");
        call("USD", "Cid");

        assertThat(this.work.started()).containsExactly("Ann", "Cid");
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann", "Cid", "Bob");
        this.work.end("Bob");
        this.work.end("Cid");
    }

    @Test
    void theLineIsBoundedForEachKey() {
        call("EUR", "Ann");
        call("EUR", "Bob");
        CompletableFuture<String> tooMany = call("EUR", "Cid");
        call("USD", "Dee");
        CompletableFuture<String> otherLine = call("USD", "Eve");

        assertThat(tooMany).isCompletedExceptionally();
        assertThat(otherLine).isNotDone();
        for (String name : List.of("Ann", "Bob", "Dee", "Eve")) {
            this.work.end(name);
        }
    }

    @Test
    void aKeyIsForgottenWhenItsLastCallHasLeft() {
        call("EUR", "Ann");
        CompletableFuture<String> waiting = call("EUR", "Bob");
        this.work.end("Ann");
        assertThat(this.step.states().keys()).isOne();

        waiting.cancel(true);

        assertThat(this.step.states().keys()).isZero();
    }

    @Test
    void aCallThatIsRefusedLeavesNoKeyBehind() {
        call("EUR", "Ann");
        call("EUR", "Bob").cancel(true);
        this.time.advance(Duration.ofSeconds(30));

        this.work.end("Ann");

        assertThat(this.step.states().keys()).isZero();
    }

    @Test
    @Tag("large")
    void aHundredThousandKeysThatWereUsedOnceAreForgotten() {
        for (int i = 0; i < 100_000; i++) {
            this.key = i;
            this.method.start(() -> CompletableFuture.completedFuture("done"));
        }

        assertThat(this.step.states().keys()).isZero();
    }

    @Test
    void aKeyThatIsNullIsAnErrorAndNothingRuns() {
        CompletableFuture<String> call = call(null, "Ann");

        assertThat(Results.failure(call))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The key of 'prices.find' is null");
        assertThat(this.work.started()).isEmpty();
    }

    @Test
    void aCollectionIsOneKeyThatMayChangeAfterwards() {
        List<String> pair = Arrays.asList("EUR", "USD");
        call(pair, "Ann");
        pair.set(0, "GBP");

        call(List.of("EUR", "USD"), "Bob");
        call(pair, "Cid");

        assertThat(this.work.started()).containsExactly("Ann", "Cid");
        for (String name : List.of("Ann", "Bob", "Cid")) {
            this.work.end(name);
        }
    }

    @Test
    void oneKeyTooManyIsRefused() {
        BulkheadStep two = step(2);
        PlannedMethod bounded = method(two);
        call(bounded, "EUR", "Ann");
        call(bounded, "USD", "Bob");

        CompletableFuture<String> third = call(bounded, "GBP", "Cid");

        assertThat(Results.failure(third)).isInstanceOfSatisfying(CallRejectedException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.KEYS);
            assertThat(refused.key()).contains("GBP");
        });
        this.work.end("Ann");
        CompletableFuture<String> again = call(bounded, "GBP", "Dee");
        assertThat(again).isNotDone();
        assertThat(two.states().keys()).isEqualTo(2);
        this.work.end("Bob");
        this.work.end("Dee");
        assertThat(two.states().keys()).isZero();
    }

    @Test
    void aRefusalHasTheKeyButDoesNotSayIt() {
        call("secret", "Ann");
        call("secret", "Bob");

        Throwable failure = Results.failure(call("secret", "Cid"));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.key()).contains("secret"))
                .hasMessageNotContaining("secret");
        this.work.end("Ann");
        this.work.end("Bob");
    }

    @Test
    void aCallOfAnotherKeyFromInsideIsNoReentry() {
        this.key = "EUR";
        CompletableFuture<String> outer = this.method.start(() -> {
            this.key = "USD";
            return this.method.start(() -> this.work.startAndEnd("inner"));
        });

        assertThat(outer).isCompletedWithValue("inner");
    }

    @Test
    void aCallFromInsideTheOnlyPermitOfItsKeyLeavesNoKeyBehind() {
        this.key = "EUR";

        CompletableFuture<String> outer = this.method.start(() -> call("EUR", "Ann"));

        assertThat(Results.failure(outer)).isInstanceOf(ReentrantCallException.class);
        assertThat(this.step.states().keys()).isZero();
    }
}
