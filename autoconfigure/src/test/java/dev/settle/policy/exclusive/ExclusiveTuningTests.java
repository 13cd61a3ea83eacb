package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.ReentrantCallException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.annotation.Scope;
import dev.settle.core.HandWork;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.StepPolicy;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a call does that finds its key taken changes while the key is taken: there is never a second run of it. */
class ExclusiveTuningTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final AbortSource stopping = new AbortSource();
    private final ExclusiveStep step =
            new ExclusiveStep(settings(OnConflict.WAIT, WaitBounds.DEFAULT), new Locks(KeySettings.NONE, this.time));
    private final PlannedMethod method =
            PlannedMethod.with(new StepPolicy(this.step) {}).stoppingWith(this.stopping);

    private static ExclusiveSettings settings(OnConflict onConflict, WaitBounds bounds) {
        return new ExclusiveSettings(onConflict, bounds, KeySettings.NONE, Scope.LOCAL);
    }

    private void tune(OnConflict onConflict) {
        this.step.tune(settings(onConflict, WaitBounds.DEFAULT));
    }

    private CompletableFuture<String> call(String name) {
        return this.method.start(() -> this.work.start(name));
    }

    private static void assertRefused(CompletableFuture<?> call, Reason reason) {
        assertThat(Results.failure(call))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    @AfterEach
    void theLockIsFreeAndNobodyWaits() {
        assertThat(this.step.state()).isEqualTo(Map.of("held", 0L, "waiting", 0L));
        assertThat(this.time.pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whateverItWasBeforeACallThatWaitsRunsAfterwards(OnConflict before) {
        tune(before);
        CompletableFuture<String> running = call("Ann");

        tune(OnConflict.WAIT);
        call("Bob");

        assertThat(this.work.started()).containsExactly("Ann");
        this.work.end("Ann");
        assertThat(running).isCompletedWithValue("Ann");
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "JOIN")
    void whatWasNotBegunByJoinIsWaitedForAndNotJoined(OnConflict before) {
        tune(before);
        call("Ann");

        tune(OnConflict.JOIN);
        List<CompletableFuture<String>> joined = List.of(call("Bob"), call("Cid"));

        assertThat(this.work.started()).containsExactly("Ann");
        this.work.end("Ann");
        this.work.end("Bob");
        assertThat(joined).allSatisfy(call -> assertThat(call).isCompletedWithValue("Bob"));
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "REPLACE")
    void whatWasNotBegunByReplaceIsWaitedForAndNotReplaced(OnConflict before) {
        tune(before);
        CompletableFuture<String> running = call("Ann");

        tune(OnConflict.REPLACE);
        CompletableFuture<String> replaced = call("Bob");
        CompletableFuture<String> last = call("Cid");

        assertThat(running).isNotDone();
        assertThat(replaced).isCancelled();
        this.work.end("Ann");
        assertThat(running).isCompletedWithValue("Ann");
        assertThat(this.work.started()).containsExactly("Ann", "Cid");
        this.work.end("Cid");
        assertThat(last).isCompletedWithValue("Cid");
    }

    @Test
    void aRunThatWasBegunByJoinIsJoinedWhenItIsJoinAgain() {
        tune(OnConflict.JOIN);
        call("Ann");
        tune(OnConflict.WAIT);
        CompletableFuture<String> waiting = call("Bob");

        tune(OnConflict.JOIN);
        CompletableFuture<String> joined = call("Cid");
        this.work.end("Ann");

        assertThat(joined).isCompletedWithValue("Ann");
        assertThat(waiting).isNotDone();
        this.work.end("Bob");
    }

    @Test
    void aRunThatWasBegunByReplaceIsReplacedWhenItIsReplaceAgain() {
        tune(OnConflict.REPLACE);
        CompletableFuture<String> old = call("Ann");
        tune(OnConflict.WAIT);

        tune(OnConflict.REPLACE);
        call("Bob");

        assertThat(old).isCancelled();
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
    }

    @Test
    void whoWaitsGoesOnWaitingWhenLaterCallsAreRejected() {
        call("Ann");
        CompletableFuture<String> waiting = call("Bob");

        tune(OnConflict.REJECT);

        assertRefused(call("Cid"), Reason.CONFLICT);
        this.work.end("Ann");
        this.work.end("Bob");
        assertThat(waiting).isCompletedWithValue("Bob");
    }

    @ParameterizedTest
    @EnumSource
    void aCallFromInsideARunOfAnotherRuleStillFailsAtOnce(OnConflict inside) {
        CompletableFuture<Throwable> reentry = new CompletableFuture<>();
        this.method.start(() -> {
            tune(inside);
            reentry.complete(Results.failure(call("inside")));
            return this.work.startAndEnd("outside");
        });

        assertThat(reentry.join()).isInstanceOf(ReentrantCallException.class);
        assertThat(this.work.started()).containsExactly("outside");
    }

    @Test
    void whoWaitsAlreadyKeepsItsTimeAndWhoComesLaterHasTheNewOne() {
        call("Ann");
        CompletableFuture<String> early = call("Bob");
        this.step.tune(settings(OnConflict.WAIT, new WaitBounds(Duration.ofSeconds(5), 1000)));
        CompletableFuture<String> later = call("Cid");

        this.time.advance(Duration.ofSeconds(5));

        assertRefused(later, Reason.WAIT_EXCEEDED);
        assertThat(early).isNotDone();
        this.time.advance(Duration.ofSeconds(25));
        assertRefused(early, Reason.WAIT_EXCEEDED);
        this.work.end("Ann");
    }

    @Test
    void whoWaitsIsRefusedWhenTheApplicationStops() {
        call("Ann");
        CompletableFuture<String> waiting = call("Bob");
        tune(OnConflict.REJECT);

        this.stopping.abort(AbortReason.shutdown("closing"));

        assertRefused(waiting, Reason.CLOSED);
        this.work.end("Ann");
    }

    @Test
    void itsNameShowsTheRuleOfNow() {
        tune(OnConflict.JOIN);

        assertThat(this.step).hasToString("Exclusive JOIN");
    }
}
