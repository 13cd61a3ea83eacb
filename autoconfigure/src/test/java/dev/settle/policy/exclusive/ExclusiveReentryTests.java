package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.CallRejectedException;
import dev.settle.ReentrantCallException;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.context.SignalThreadLocalAccessor;
import dev.settle.core.Caller;
import dev.settle.core.HandWork;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls from inside a call that has the lock. */
class ExclusiveReentryTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final KeyedMutex<String> mutex = KeyedMutex.create(WaitBounds.DEFAULT, this.time);

    private CompletableFuture<String> inner() {
        return this.work.startAndEnd("inner");
    }

    private static void assertReentrant(CompletableFuture<?> call) {
        assertThat(Results.failure(call))
                .isInstanceOf(ReentrantCallException.class)
                .hasMessageContaining("would wait for itself");
    }

    private CompletableFuture<String> nested(PlannedMethod method, Object outer, Object inner) {
        Mutex.key(outer);
        return method.start(() -> {
            Mutex.key(inner);
            return method.start(this::inner);
        });
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.mutex.keys()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCallOfTheSameKeyFromInsideFailsAtOnceAndNamesTheMethod(OnConflict onConflict) {
        Mutex keyed = Mutex.keyed(onConflict, this.time);

        CompletableFuture<String> outer = nested(PlannedMethod.with(keyed), "EUR", "EUR");

        assertReentrant(outer);
        assertThat(Results.failure(outer)).hasMessageContaining("'" + PlannedMethod.NAME + "'");
        assertThat(this.work.started()).isEmpty();
        assertThat(keyed.keys()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCallOfAnotherKeyFromInsideIsFine(OnConflict onConflict) {
        Mutex keyed = Mutex.keyed(onConflict, this.time);

        CompletableFuture<String> outer = nested(PlannedMethod.with(keyed), "EUR", "USD");

        assertThat(outer).isCompletedWithValue("inner");
        assertThat(keyed.keys()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void oneOfSeveralKeysIsEnough(OnConflict onConflict) {
        Mutex keyed = Mutex.keyed(onConflict, this.time);

        CompletableFuture<String> outer = nested(PlannedMethod.with(keyed), List.of("a", "b"), List.of("b", "c"));

        assertReentrant(outer);
        assertThat(keyed.keys()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aBlockingCallFromInsideFailsAtOnce(OnConflict onConflict) {
        PlannedMethod method = PlannedMethod.with(Mutex.unkeyed(onConflict, this.time));

        Throwable thrown = catchThrowable(() -> method.call(() -> {
            try {
                return method.call(() -> "inner");
            } catch (Throwable ex) {
                throw (Exception) ex;
            }
        }));

        assertThat(thrown).isInstanceOf(ReentrantCallException.class);
    }

    @Test
    void theMessageNamesTheHolder() {
        CompletableFuture<String> outer = this.mutex.call("secret", () -> this.mutex.call("secret", this::inner));

        assertThat(Results.failure(outer))
                .hasMessageContaining("held by 'mutex'")
                .hasMessageContaining(
                        "called on thread " + Thread.currentThread().getName())
                .hasMessageNotContaining("secret");
    }

    @Test
    void theOuterCallGoesOnWhenItLooksAfterTheFailure() {
        CompletableFuture<String> outer =
                this.mutex.call("EUR", () -> this.mutex.call("EUR", this::inner).exceptionally(failure -> "without"));

        assertThat(outer).isCompletedWithValue("without");
    }

    @Test
    void whatIsCalledFromInsideMayNotBeJoined() {
        assertReentrant(this.mutex.call("EUR", () -> this.mutex.join("EUR", this::inner)));
    }

    @Test
    void whatIsJoinedFromInsideMayNotBeCalled() {
        assertReentrant(this.mutex.join("EUR", () -> this.mutex.call("EUR", this::inner)));
    }

    @Test
    void aRunThatWaitsForTheOuterCallMayNotBeJoinedFromInsideAndIsNotHurt() {
        CompletableFuture<CompletableFuture<String>> nested = new CompletableFuture<>();
        CompletableFuture<AbortSignal> signal = new CompletableFuture<>();
        this.mutex.call("EUR", () -> {
            signal.complete(AbortSignal.current());
            return this.work.start("outer");
        });
        CompletableFuture<String> stranger = this.mutex.join("EUR", () -> this.work.start("stranger"));

        AbortSignal before = CurrentSignal.swap(signal.join());
        nested.complete(this.mutex.join("EUR", this::inner));
        CurrentSignal.swap(before);

        assertReentrant(nested.join());
        this.work.end("outer");
        this.work.end("stranger");
        assertThat(stranger).isCompletedWithValue("stranger");
    }

    @Test
    void aCallOfAnotherMutexInBetweenChangesNothing() {
        KeyedMutex<String> between = KeyedMutex.create(WaitBounds.DEFAULT, this.time);

        CompletableFuture<String> outer =
                this.mutex.call("EUR", () -> between.call("EUR", () -> this.mutex.call("EUR", this::inner)));

        assertReentrant(outer);
    }

    @Test
    void aCallOnAnotherThreadIsRecognisedByTheSignalThatIsCarriedAlong() throws Exception {
        SignalThreadLocalAccessor accessor = new SignalThreadLocalAccessor();
        CompletableFuture<Caller> other = new CompletableFuture<>();
        this.mutex.call("EUR", () -> {
            AbortSignal carried = accessor.getValue();
            other.complete(new Caller("another thread", () -> {
                accessor.setValue(carried);
                return this.mutex
                        .call("EUR", this::inner)
                        .exceptionally(Throwable::toString)
                        .join();
            }));
            return this.work.start("outer");
        });

        assertThat(other.join().value()).asString().startsWith(ReentrantCallException.class.getName());
        this.work.end("outer");
    }

    @Test
    void whereItCannotBeRecognisedTheLongestWaitEndsItAndTheHolderIsNamed() {
        CompletableFuture<String> outer = this.mutex.call("EUR", () -> {
            AbortSignal own = CurrentSignal.swap(null);
            try {
                return this.mutex.call("EUR", this::inner);
            } finally {
                CurrentSignal.swap(own);
            }
        });
        assertThat(outer).isNotDone();

        this.time.advance(Duration.ofSeconds(30));

        assertThat(Results.failure(outer))
                .isInstanceOf(CallRejectedException.class)
                .hasMessageContaining("held by 'mutex'");
        assertThat(this.work.started()).isEmpty();
    }

    @Test
    void aCallAfterTheOuterOneHasEndedIsNone() {
        CompletableFuture<AbortSignal> leaked = new CompletableFuture<>();
        this.mutex.call("EUR", () -> {
            leaked.complete(AbortSignal.current());
            return this.work.startAndEnd("outer");
        });
        this.mutex.call("EUR", () -> this.work.start("stranger"));

        AbortSignal before = CurrentSignal.swap(leaked.join());
        CompletableFuture<String> late = this.mutex.call("EUR", this::inner);
        CurrentSignal.swap(before);

        assertThat(late).isNotDone();
        this.work.end("stranger");
        assertThat(late).isCompletedWithValue("inner");
    }

    @Test
    void aCallFromInsideAReplacedCallThatStillRunsFailsAndReplacesNobody() {
        Mutex keyed = Mutex.unkeyed(OnConflict.REPLACE, this.time);
        PlannedMethod method = PlannedMethod.with(keyed);
        method.start(() -> this.work.startStubborn("old"));
        CompletableFuture<String> fresh = method.start(() -> this.work.start("fresh"));

        AbortSignal before = CurrentSignal.swap(this.work.signal("old"));
        CompletableFuture<String> nested = method.start(this::inner);
        CurrentSignal.swap(before);

        assertThat(nested).isCompletedExceptionally();
        assertThat(fresh).isNotDone();
        this.work.end("old");
        this.work.end("fresh");
        assertThat(fresh).isCompletedWithValue("fresh");
    }

    @Test
    void aCallFromInsideARunThatAllHaveLeftFailsAtOnce() {
        PlannedMethod method = PlannedMethod.with(Mutex.unkeyed(OnConflict.JOIN, this.time));
        method.start(() -> this.work.startStubborn("old")).cancel(true);

        AbortSignal before = CurrentSignal.swap(this.work.signal("old"));
        CompletableFuture<String> nested = method.start(this::inner);
        CurrentSignal.swap(before);

        assertThat(nested).isCompletedExceptionally();
        this.work.end("old");
    }
}
