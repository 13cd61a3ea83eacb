package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.CallRejectedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.InFlight;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** An observer is told of each call's beginning, attempts and end: once each, whatever way it ends. */
class CallObserverTests {

    private final Watcher watcher = new Watcher();
    private final PlannedMethod method = PlannedMethod.with().observedBy(CallObserver.all(List.of(this.watcher)));
    private final HandWork work = new HandWork();

    @Test
    void aValueThatIsThereAtOnce() {
        this.method.start(() -> CompletableFuture.completedFuture("7.30"));

        assertThat(this.watcher.journal(1))
                .containsExactly(
                        "begins prices.find", "attempt 1", "returned 1", "attempt 1 ends SUCCESS", "ends SUCCESS");
    }

    @Test
    void aValueThatComesLater() {
        this.method.start(() -> this.work.start("price"));
        this.watcher.write("1 goes on");

        this.work.end("price");

        assertThat(this.watcher.journal(1))
                .containsExactly(
                        "begins prices.find",
                        "attempt 1",
                        "returned 1",
                        "goes on",
                        "attempt 1 ends SUCCESS",
                        "ends SUCCESS");
    }

    @Test
    void aFailureThatComesLater() {
        this.method.start(() -> this.work.start("price"));

        this.work.future("price").completeExceptionally(new IllegalStateException("reset"));

        assertThat(this.watcher.journal(1)).endsWith("attempt 1 ends FAILURE", "ends FAILURE");
    }

    @Test
    void aMethodThatThrowsInsteadOfReturningAFuture() {
        this.method.start(() -> {
            throw new IllegalStateException("reset");
        });

        assertThat(this.watcher.journal(1))
                .containsExactly(
                        "begins prices.find", "attempt 1", "returned 1", "attempt 1 ends FAILURE", "ends FAILURE");
    }

    @Test
    void aMethodThatReturnsNoFuture() {
        this.method.start(() -> null);

        assertThat(this.watcher.journal(1)).endsWith("returned 1", "attempt 1 ends FAILURE", "ends FAILURE");
    }

    @Test
    void aSynchronousValue() throws Throwable {
        this.method.call(() -> "7.30");

        assertThat(this.watcher.journal(1))
                .containsExactly(
                        "begins prices.find", "attempt 1", "returned 1", "attempt 1 ends SUCCESS", "ends SUCCESS");
    }

    @Test
    void aSynchronousThrow() {
        assertThatThrownBy(() -> this.method.call(() -> {
                    throw new IllegalStateException("reset");
                }))
                .hasMessage("reset");

        assertThat(this.watcher.journal(1))
                .containsExactly(
                        "begins prices.find", "attempt 1", "returned 1", "attempt 1 ends FAILURE", "ends FAILURE");
    }

    @Test
    void aCallerThatCancels() {
        CompletableFuture<String> call = this.method.start(() -> this.work.start("price"));

        call.cancel(true);

        // Not late: it ends as soon as it is cancelled.
        assertThat(this.watcher.journal(1)).endsWith("attempt 1 ends CANCELLED", "ends CANCELLED");
    }

    @Test
    void aCallerThatCompletesItsFutureByHand() {
        CompletableFuture<String> call = this.method.start(() -> this.work.start("price"));

        call.complete("a guess");

        assertThat(this.watcher.journal(1)).endsWith("ends CANCELLED");
        assertThat(call).isCompletedWithValue("a guess");
    }

    @Test
    void workThatGoesOnAfterItsCall() {
        CompletableFuture<String> call = this.method.start(() -> this.work.startStubborn("price"));

        call.cancel(true);
        this.work.end("price");

        assertThat(this.watcher.journal(1)).endsWith("given up 1", "ends CANCELLED", "attempt 1 ends SUCCESS");
    }

    @Test
    void anAbortByTheApplication() {
        AbortSource signal = new AbortSource();
        this.method.start(signal, () -> this.work.start("price"));

        signal.abort(AbortReason.application("enough"));

        assertThat(this.watcher.journal(1)).endsWith("ends ABORTED");
    }

    @Test
    void aCallThatTheGateRefusesHasNoAttempt() {
        InFlight inFlight = new InFlight();
        PlannedMethod method = PlannedMethod.with().trackedBy(inFlight).observedBy(this.watcher);
        inFlight.close();

        method.start(() -> this.work.start("price"));
        assertThatThrownBy(() -> method.call(() -> "7.30")).isInstanceOf(CallRejectedException.class);

        assertThat(this.watcher.journal(1)).containsExactly("begins prices.find", "ends REJECTED");
        assertThat(this.watcher.journal(2)).containsExactly("begins prices.find", "ends REJECTED");
        assertThat(method.events()).containsExactly(LineEvent.REJECTED, LineEvent.REJECTED);
    }

    @Test
    void aCallThatIsGivenUpBeforeItBeginsHasNoAttempt() {
        AbortSource dead = new AbortSource();
        dead.abort(AbortReason.application("enough"));

        this.method.start(dead, () -> this.work.start("price"));
        assertThatThrownBy(() -> this.method.call(dead, () -> "7.30")).hasMessage("enough");

        assertThat(this.watcher.journal(1)).containsExactly("begins prices.find", "ends ABORTED");
        assertThat(this.watcher.journal(2)).containsExactly("begins prices.find", "ends ABORTED");
    }

    @Test
    void isToldOfTheEndBeforeTheCallerGoesOn() {
        this.method.start(() -> this.work.start("price")).thenRun(() -> this.watcher.write("1 caller goes on"));

        this.work.end("price");

        assertThat(this.watcher.journal(1)).endsWith("ends SUCCESS", "caller goes on");
    }

    @Test
    void isToldOfAnAttemptOnceWhenAStageTellsItsOutcomeTwice() {
        this.method.start(TwiceTold::new);

        assertThat(this.watcher.journal(1)).containsOnlyOnce("attempt 1 ends SUCCESS");
    }

    @Test
    void whoeverIsNotInterestedHearsNoMore() {
        CallObserver bored = name -> {
            this.watcher.write("1 asked for " + name);
            return null;
        };

        CompletableFuture<String> call =
                PlannedMethod.with().observedBy(bored).start(() -> CompletableFuture.completedFuture("7.30"));

        assertThat(call).isCompletedWithValue("7.30");
        assertThat(this.watcher.journal(1)).containsExactly("asked for prices.find");
    }

    /** A stage of somebody else's making. */
    private static final class TwiceTold extends CompletableFuture<String> {

        @Override
        public <U> CompletableFuture<U> handle(BiFunction<? super String, Throwable, ? extends U> action) {
            var unused = action.apply("7.30", null);
            return CompletableFuture.completedFuture(action.apply("7.31", null));
        }
    }
}
