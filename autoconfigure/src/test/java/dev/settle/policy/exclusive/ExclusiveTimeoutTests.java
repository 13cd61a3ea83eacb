package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.core.HandWork;
import dev.settle.core.LineEvent;
import dev.settle.core.LineEvent.Waited;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.policy.bulkhead.AsyncSemaphore;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A lock inside a timeout, around a limit, and within its bounds. */
class ExclusiveTimeoutTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final Mutex mutex = Mutex.keyed(OnConflict.WAIT, this.time);
    private final PlannedMethod untimed = PlannedMethod.with(this.mutex);

    private PlannedMethod timed(boolean cancel) {
        return PlannedMethod.with(TimeoutPolicy.of(LIMIT, cancel, this.time), this.mutex);
    }

    private CompletableFuture<String> call(PlannedMethod method, Object key, String name) {
        return Mutex.call(method, key, this.work, name);
    }

    private static CallPhase phase(CompletableFuture<?> timedOut) {
        assertThat(Results.failure(timedOut)).isInstanceOf(CallTimeoutException.class);
        return ((CallTimeoutException) Results.failure(timedOut)).phase();
    }

    private static Reason refusal(CompletableFuture<?> call) {
        assertThat(Results.failure(call)).isInstanceOf(CallRejectedException.class);
        return ((CallRejectedException) Results.failure(call)).reason();
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.mutex.keys()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void aCallThatTimesOutInLineNeverStartsAndSaysWhereItWas() {
        call(this.untimed, "EUR", "Ann");
        CompletableFuture<String> waiting = call(timed(true), "EUR", "Bob");

        this.time.advance(LIMIT);

        assertThat(phase(waiting)).isEqualTo(CallPhase.WAITING_EXCLUSIVE);
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann");
    }

    @Test
    void aCallThatHasItsLockAndWaitsForAPermitSaysSo() {
        AsyncSemaphore one = AsyncSemaphore.of(1, WaitBounds.DEFAULT, this.time);
        PlannedMethod both = PlannedMethod.with(TimeoutPolicy.of(LIMIT, true, this.time), this.mutex, one);
        one.call(() -> this.work.start("Ann"));
        CompletableFuture<String> waiting = call(both, "EUR", "Bob");

        this.time.advance(LIMIT);

        assertThat(phase(waiting)).isEqualTo(CallPhase.WAITING_BULKHEAD);
        assertThat(this.mutex.keys()).isZero();
        this.work.end("Ann");
    }

    @Test
    void waitersOfAHotKeyDoNotKeepThePermits() {
        AsyncSemaphore two = AsyncSemaphore.of(2, WaitBounds.DEFAULT, this.time);
        PlannedMethod both = PlannedMethod.with(this.mutex, two);
        call(both, "hot", "Ann");
        CompletableFuture<?>[] waiting = new CompletableFuture<?>[50];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = call(both, "hot", "hot " + i);
        }

        call(both, "cold", "Bob");

        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        for (CompletableFuture<?> call : waiting) {
            call.cancel(true);
        }
        this.work.end("Ann");
        this.work.end("Bob");
    }

    @Test
    void aTimeoutThatCancelsTheWorkUnlocksTheKeyBeforeTheCallerHearsOfIt() {
        CompletableFuture<Integer> seen = call(timed(true), "EUR", "Ann").handle((value, failure) -> this.mutex.keys());

        this.time.advance(LIMIT);

        assertThat(seen).isCompletedWithValue(0);
    }

    @Test
    void aTimeoutThatDoesNotCancelKeepsTheKeyLockedUntilTheWorkReallyEnds() {
        CompletableFuture<String> call = call(timed(false), "EUR", "Ann");
        call(this.untimed, "EUR", "Bob");

        this.time.advance(LIMIT);

        assertThat(phase(call)).isEqualTo(CallPhase.RUNNING);
        assertThat(this.work.started()).containsExactly("Ann");
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 1000, WAIT_EXCEEDED", "PT30S, 0, QUEUE_FULL"})
    void whoMayNotWaitIsLetInWhenTheKeyIsFreeAndElseRefusedNow(Duration maxWait, int capacity, Reason reason) {
        Mutex strict = Mutex.keyed(OnConflict.WAIT, new WaitBounds(maxWait, capacity), 10, this.time);
        PlannedMethod method = PlannedMethod.with(strict);
        call(method, "EUR", "Ann");

        CompletableFuture<String> second = call(method, "EUR", "Bob");

        assertThat(this.work.started()).containsExactly("Ann");
        assertThat(refusal(second)).isEqualTo(reason);
        assertThat(method.events()).containsExactly(LineEvent.REJECTED);
        this.work.end("Ann");
        assertThat(strict.keys()).isZero();
    }

    @Test
    void theLineIsBoundedForEachKey() {
        PlannedMethod method =
                PlannedMethod.with(Mutex.keyed(OnConflict.WAIT, new WaitBounds(LIMIT, 1), 10, this.time));
        call(method, "EUR", "Ann");
        call(method, "EUR", "Bob");
        CompletableFuture<String> tooMany = call(method, "EUR", "Cid");
        call(method, "USD", "Dee");
        CompletableFuture<String> otherLine = call(method, "USD", "Eve");

        assertThat(refusal(tooMany)).isEqualTo(Reason.QUEUE_FULL);
        assertThat(otherLine).isNotDone();
        for (String name : new String[] {"Ann", "Bob", "Dee", "Eve"}) {
            this.work.end(name);
        }
    }

    @Test
    void aWaitIsToldWithItsLength() {
        call(this.untimed, "EUR", "Ann");
        call(this.untimed, "EUR", "Bob");
        this.time.advance(Duration.ofMillis(7));

        this.work.end("Ann");

        assertThat(this.untimed.events()).containsExactly(LineEvent.WAITING, LineEvent.LET_IN);
        assertThat(this.untimed.detail(LineEvent.LET_IN)).isEqualTo(new Waited("exclusive", Duration.ofMillis(7)));
        this.work.end("Bob");
    }

    @Test
    void whenTheApplicationStopsThoseWhoWaitAreRefusedAndWhatRunsGoesOn() {
        AbortSource stopping = new AbortSource();
        PlannedMethod method = this.untimed.stoppingWith(stopping);
        CompletableFuture<String> running = call(method, "EUR", "Ann");
        CompletableFuture<String> waiting = call(method, "EUR", "Bob");

        stopping.abort(AbortReason.shutdown("closing"));

        assertThat(refusal(waiting)).isEqualTo(Reason.CLOSED);
        assertThat(running).isNotDone();
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann");
    }
}
