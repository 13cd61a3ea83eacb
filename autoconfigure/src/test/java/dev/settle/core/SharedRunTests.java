package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.SupersededException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.Listeners;
import dev.settle.core.HandRun.Caller;
import dev.settle.queue.Trampoline;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who comes to a run, when it starts, and what everybody gets. */
class SharedRunTests {

    private final HandRun run = new HandRun(new VirtualTime());

    @Test
    void runsOnceWithTheArgumentsOfTheLatestCaller() {
        this.run.gathers("one");
        this.run.gathers("two");

        assertThat(this.run.starts()).isTrue();
        assertThat(this.run.starts()).isFalse();

        assertThat(this.run.journal()).containsExactly("runs with two");
    }

    @Test
    void everyCallerGetsTheValueOfTheRun() {
        Caller one = this.run.gathers("one");
        Caller two = this.run.gathers("two");
        this.run.starts();

        this.run.work().complete("done");

        assertThat(one.share()).isNotSameAs(two.share()).isCompletedWithValue("done");
        assertThat(two.share()).isCompletedWithValue("done");
        assertThat(this.run.run().result()).isCompletedWithValue("done");
    }

    @Test
    void everyCallerGetsTheFailureOfTheRun() {
        IllegalStateException refused = new IllegalStateException("refused");
        Caller one = this.run.gathers("one");
        Caller two = this.run.gathers("two");
        this.run.starts();

        this.run.work().completeExceptionally(refused);

        assertThat(Results.failure(one.share())).isSameAs(refused);
        assertThat(Results.failure(two.share())).isSameAs(refused);
    }

    @Test
    void runThatGoesOnIsJoinedButItsArgumentsAreFixed() {
        this.run.gathers("one");
        this.run.starts();

        Caller late = this.run.joins("late");

        assertThat(this.run.gathers("later").share()).isNull();
        this.run.work().complete("done");
        assertThat(late.share()).isCompletedWithValue("done");
        assertThat(this.run.journal()).containsExactly("runs with one", "over");
    }

    @Test
    void runThatIsOverIsNotJoined() {
        this.run.gathers("one");
        this.run.starts();
        this.run.work().complete("done");

        assertThat(this.run.joins("late").share()).isNull();
        assertThat(this.run.gathers("late").share()).isNull();
    }

    @Test
    void runWithoutCallersDoesNotStart() {
        assertThat(this.run.starts()).isFalse();

        assertThat(this.run.journal()).isEmpty();
    }

    @Test
    void runIsOverForNewCallersBeforeTheOldOnesAreTold() {
        this.run.gathers("one").share().thenRun(() -> this.run.write("told"));
        this.run.starts();

        this.run.work().complete("done");

        assertThat(this.run.journal()).containsExactly("runs with one", "over", "told");
    }

    @Test
    void startsOnTheThreadOfTheLatestCallerAndHandsOthersOver() {
        this.run.gathers("one");
        HandRun other = new HandRun(new VirtualTime());
        Caller earlier = other.gathers("earlier");
        Caller latest = this.run.gathers("latest");
        other.gathers("two");

        // Inside a hand-over, another one comes later.
        Trampoline.run(() -> {
            this.run.starts(latest);
            other.starts(earlier);
            assertThat(this.run.journal()).containsExactly("runs with latest");
            assertThat(other.journal()).isEmpty();
        });

        assertThat(other.journal()).containsExactly("runs with two");
    }

    @Test
    void nothingListensToCallersOfARunThatIsOver() {
        Caller one = this.run.gathers("one");
        this.run.starts();
        Caller late = this.run.joins("late");
        assertThat(Listeners.on(one.call().signal())).isEqualTo(1);

        this.run.work().complete("done");

        assertThat(Listeners.on(one.call().signal())).isZero();
        assertThat(Listeners.on(late.call().signal())).isZero();
    }

    @Test
    void callersThatWaitForEachOtherAllGoOn() throws Exception {
        HandRun shared = new HandRun(TimeSource.system());
        List<Caller> callers = List.of(shared.gathers("one"), shared.gathers("two"), shared.gathers("three"));
        List<CompletableFuture<Object>> waited = callers.stream()
                .map(caller -> caller.share().thenApply(value -> {
                    callers.forEach(other -> other.share().join());
                    return value;
                }))
                .toList();
        shared.starts();

        CompletableFuture.runAsync(() -> shared.work().complete("done"));

        for (CompletableFuture<Object> caller : waited) {
            assertThat(Results.await(caller)).isEqualTo("done");
        }
    }

    @Test
    void supersedingLetsAllGoButTheLatest() {
        Caller one = this.run.gathers("one");
        Caller two = this.run.gathers("two");
        Caller latest = this.run.gathers("latest");

        this.run.run().supersedeEarlier(AbortReason.superseded("a later call"));

        assertThat(Results.failure(one.share())).isInstanceOf(SupersededException.class);
        assertThat(Results.failure(two.share())).isInstanceOf(SupersededException.class);
        assertThat(latest.share()).isNotDone();
        assertThat(this.run.run().callers()).isEqualTo(1);
        assertThat(this.run.starts()).isTrue();
    }

    @Test
    void runThatHasStartedIsNotSuperseded() {
        Caller one = this.run.gathers("one");
        Caller two = this.run.gathers("two");
        this.run.starts();

        this.run.run().supersedeEarlier(AbortReason.superseded("a later call"));

        this.run.work().complete("done");
        assertThat(one.share()).isCompletedWithValue("done");
        assertThat(two.share()).isCompletedWithValue("done");
    }

    @Test
    void givingUpEndsEachCallerWithAFailureOfItsOwn() {
        Caller one = this.run.gathers("one");
        Caller two = this.run.gathers("two");

        this.run.run().giveUp(() -> new IllegalStateException("closed"));

        assertThat(Results.failure(one.share())).hasMessage("closed").isNotSameAs(Results.failure(two.share()));
        assertThat(this.run.starts()).isFalse();
        assertThat(this.run.joins("late").share()).isNull();
        assertThat(this.run.run().result()).isCompleted();
        assertThat(this.run.journal()).containsExactly("over");
    }

    @Test
    void runThatHasStartedIsNotGivenUp() {
        Caller one = this.run.gathers("one");
        this.run.starts();

        this.run.run().giveUp(() -> new IllegalStateException("closed"));

        assertThat(one.share()).isNotDone();
        this.run.work().complete("done");
        assertThat(one.share()).isCompletedWithValue("done");
    }
}
