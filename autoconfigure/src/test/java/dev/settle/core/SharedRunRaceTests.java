package dev.settle.core;

import static dev.settle.abort.Race.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.Listeners;
import dev.settle.abort.Race;
import dev.settle.core.HandRun.Caller;
import dev.settle.test.VirtualTime;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Threads that meet at one run: everybody is told once, and the run is over once. */
@Tag("race")
class SharedRunRaceTests {

    private static final int ROUNDS = Integer.getInteger("race.rounds", 5_000);

    private final Race race = new Race();

    @AfterEach
    void end() {
        this.race.close();
    }

    private static void assertOver(HandRun run, Caller... callers) {
        assertThat(run.journal()).containsOnlyOnce("over");
        assertThat(run.run().result()).isDone();
        assertThat(run.run().callers()).isZero();
        for (Caller caller : callers) {
            assertThat(caller.share()).isDone();
            assertThat(Listeners.on(caller.call().signal())).isZero();
        }
    }

    @Test
    void joinMeetsTheEnd() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            HandRun run = new HandRun(new VirtualTime());
            Caller one = run.gathers("one");
            run.starts();
            AtomicReference<Caller> late = new AtomicReference<>();
            return between(() -> run.work().complete("done"), () -> late.set(run.joins("late")))
                    .then(() -> {
                        assertOver(run, one);
                        if (late.get().share() != null) {
                            assertThat(late.get().share()).isCompletedWithValue("done");
                            assertOver(run, late.get());
                        }
                    });
        });
    }

    @Test
    void leavingMeetsTheStart() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            HandRun run = new HandRun(new VirtualTime());
            Caller one = run.gathers("one");
            AtomicReference<Boolean> started = new AtomicReference<>();
            return between(one::leaves, () -> started.set(run.starts())).then(() -> {
                assertThat(run.run().signal().aborted()).isTrue();
                assertThat(run.journal().contains("runs with one")).isEqualTo(started.get());
                run.work().complete("too late");
                assertThat(one.share()).isCompletedExceptionally();
                assertOver(run, one);
            });
        });
    }

    @Test
    void leavingOfTheLatestMeetsTheStart() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            HandRun run = new HandRun(new VirtualTime());
            Caller one = run.gathers("one");
            Caller two = run.gathers("two");
            return between(two::leaves, () -> assertThat(run.starts()).isTrue()).then(() -> {
                run.work().complete("done");
                assertThat(one.share()).isCompletedWithValue("done");
                assertThat(two.share()).isCompletedExceptionally();
                assertOver(run, one, two);
            });
        });
    }

    @Test
    void leavingMeetsTheEnd() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            HandRun run = new HandRun(new VirtualTime());
            Caller one = run.gathers("one");
            run.starts();
            return between(one::leaves, () -> run.work().complete("done")).then(() -> {
                assertThat(run.run().signal().aborted()).isEqualTo(one.share().isCompletedExceptionally());
                assertOver(run, one);
            });
        });
    }

    @Test
    void lastTwoLeaveTogether() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            HandRun run = new HandRun(new VirtualTime());
            Caller one = run.gathers("one");
            Caller two = run.gathers("two");
            run.starts();
            return between(one::leaves, two::leaves).then(() -> {
                assertThat(run.journal()).containsOnlyOnce("work aborted");
                run.work().complete("too late");
                assertOver(run, one, two);
            });
        });
    }

    @Test
    void lastToLeaveMeetsAnotherWhoJoins() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            HandRun run = new HandRun(new VirtualTime());
            Caller one = run.gathers("one");
            run.starts();
            AtomicReference<Caller> late = new AtomicReference<>();
            return between(one::leaves, () -> late.set(run.joins("late"))).then(() -> {
                boolean joined = late.get().share() != null;
                assertThat(run.run().signal().aborted()).isEqualTo(!joined);
                run.work().complete("done");
                if (joined) {
                    assertThat(late.get().share()).isCompletedWithValue("done");
                }
                assertOver(run, one);
            });
        });
    }

    @Test
    void abortMeetsTheEndAndAJoin() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            HandRun run = new HandRun(new VirtualTime());
            Caller one = run.gathers("one");
            run.starts();
            AtomicReference<Caller> late = new AtomicReference<>();
            return between(
                            () -> run.run().abort(AbortReason.superseded("a later run")),
                            () -> run.work().complete("done"),
                            () -> late.set(run.joins("late")))
                    .then(() -> {
                        assertOver(run, one);
                        if (late.get().share() != null) {
                            assertOver(run, late.get());
                        }
                    });
        });
    }

    @Test
    void givingUpMeetsTheStart() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            HandRun run = new HandRun(new VirtualTime());
            Caller one = run.gathers("one");
            AtomicReference<Boolean> started = new AtomicReference<>();
            return between(
                            () -> run.run().giveUp(() -> new IllegalStateException("closed")),
                            () -> started.set(run.starts()))
                    .then(() -> {
                        assertThat(one.share().isDone()).isEqualTo(!started.get());
                        run.work().complete("done");
                        assertOver(run, one);
                    });
        });
    }
}
