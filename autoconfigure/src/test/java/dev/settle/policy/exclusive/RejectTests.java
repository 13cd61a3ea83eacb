package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.core.HandWork;
import dev.settle.core.LineEvent;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that do not wait when their key is taken. */
class RejectTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final Mutex mutex = Mutex.keyed(OnConflict.REJECT, this.time);
    private final PlannedMethod method = PlannedMethod.with(this.mutex);

    private CompletableFuture<String> call(Object key, String name) {
        return Mutex.call(this.method, key, this.work, name);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.mutex.keys()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aCallWhoseKeyIsTakenIsRefusedNow() {
        CompletableFuture<String> running = call("secret", "Ann");

        CompletableFuture<String> refused = call("secret", "Bob");

        assertThat(Results.failure(refused))
                .isInstanceOfSatisfying(CallRejectedException.class, rejection -> {
                    assertThat(rejection.policy()).isEqualTo("exclusive");
                    assertThat(rejection.name()).isEqualTo(PlannedMethod.NAME);
                    assertThat(rejection.key()).contains("secret");
                    assertThat(rejection.reason()).isEqualTo(Reason.CONFLICT);
                    assertThat(rejection.retryAfter()).isEmpty();
                })
                .hasMessageContaining("held by 'prices.find'")
                .hasMessageNotContaining("secret");
        assertThat(running).isNotDone();
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann");
    }

    @Test
    void aCallWhoseKeyIsFreeRuns() {
        call("EUR", "Ann");
        call("USD", "Bob");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Ann");
        this.work.end("Bob");
    }

    @Test
    void afterTheEndTheKeyIsFree() {
        CompletableFuture<String> again = call("EUR", "Ann").thenCompose(value -> call("EUR", "Bob"));

        this.work.end("Ann");
        this.work.end("Bob");

        assertThat(again).isCompletedWithValue("Bob");
    }

    @Test
    void aLaterKeyThatIsTakenGivesBackTheEarlierOne() {
        call("b", "Bob");
        CompletableFuture<String> both = call(List.of("a", "b"), "Ann");
        assertThat(both).isCompletedExceptionally();

        CompletableFuture<String> first = call("a", "Cid");

        assertThat(first).isNotDone();
        this.work.end("Bob");
        this.work.end("Cid");
    }

    @Test
    void aRefusalIsToldAndIsNoWait() {
        call("EUR", "Ann");

        call("EUR", "Bob");

        assertThat(this.method.events()).containsExactly(LineEvent.REJECTED);
        this.work.end("Ann");
    }
}
