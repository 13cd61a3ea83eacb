package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.SupersededException;
import dev.settle.abort.Race;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.core.PlannedMethod;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Calls that come, go and end at the same moment. */
class ExclusiveRaceTests {

    private static final int TIMES = 5_000;

    /** A method with several callers, and what has come of it. */
    private static final class Table {

        final VirtualTime time = new VirtualTime();
        final Mutex mutex;
        final PlannedMethod method;
        final List<CompletableFuture<String>> works = new CopyOnWriteArrayList<>();
        final List<CompletableFuture<String>> calls = Collections.synchronizedList(new ArrayList<>());
        private boolean together;

        Table(OnConflict onConflict) {
            this.mutex = Mutex.keyed(onConflict, WaitBounds.DEFAULT, 100, this.time);
            this.method = PlannedMethod.with(this.mutex);
        }

        CompletableFuture<String> call(Object key) {
            Mutex.key(key);
            CompletableFuture<String> call = this.method.start(this::work);
            this.calls.add(call);
            return call;
        }

        /** What runs is what is not done: who else is told that something is done, and when, says nothing. */
        private synchronized CompletableFuture<String> work() {
            this.together |= this.works.stream().anyMatch(work -> !work.isDone());
            CompletableFuture<String> work = new CompletableFuture<>();
            this.works.add(work);
            return work;
        }

        void endFirst() {
            this.works.get(0).complete("done");
        }

        void endAll() {
            // More may begin when one ends.
            for (int i = 0; i < this.works.size(); i++) {
                this.works.get(i).complete("done");
            }
        }

        void assertNothingIsLeft() {
            assertThat(this.calls).allMatch(CompletableFuture::isDone);
            assertThat(this.together).as("two ran together").isFalse();
            assertThat(this.mutex.keys()).isZero();
            assertThat(this.time.pending()).isZero();
        }
    }

    @Test
    void callsThatReplaceEachOtherBothWaysLeaveExactlyOneRunning() throws Exception {
        try (Race race = new Race()) {
            race.repeat(TIMES, () -> {
                Table table = new Table(OnConflict.REPLACE);
                return Race.between(() -> table.call(List.of("a", "b")), () -> table.call(List.of("b", "a")))
                        .then(() -> {
                            assertThat(table.calls)
                                    .filteredOn(call -> !call.isDone())
                                    .hasSize(1);
                            assertThat(table.calls)
                                    .filteredOn(CompletableFuture::isDone)
                                    .allMatch(call -> Results.failure(call) instanceof SupersededException);
                            table.endAll();
                            table.assertNothingIsLeft();
                        });
            });
        }
    }

    @Test
    void severalThatReplaceWhatEndsAtTheSameMomentLeaveExactlyOneRunning() throws Exception {
        try (Race race = new Race()) {
            race.repeat(TIMES, () -> {
                Table table = new Table(OnConflict.REPLACE);
                CompletableFuture<String> first = table.call("a");
                return Race.between(table::endFirst, () -> table.call("a"), () -> table.call("a"))
                        .then(() -> {
                            assertThat(first).isDone();
                            assertThat(table.calls)
                                    .filteredOn(call -> !call.isDone())
                                    .hasSize(1);
                            table.endAll();
                            table.assertNothingIsLeft();
                        });
            });
        }
    }

    @Test
    void aReplacementThatIsCancelledAtTheSameMomentLeavesNothing() throws Exception {
        try (Race race = new Race()) {
            race.repeat(TIMES, () -> {
                Table table = new Table(OnConflict.REPLACE);
                CompletableFuture<String> first = table.call("a");
                return Race.between(() -> table.call("a").cancel(true), () -> first.cancel(true))
                        .then(table::assertNothingIsLeft);
            });
        }
    }

    @Test
    void joiningAgainstTheEndOfTheRunGivesEveryoneAnOutcome() throws Exception {
        try (Race race = new Race()) {
            race.repeat(TIMES, () -> {
                Table table = new Table(OnConflict.JOIN);
                table.call("a");
                return Race.between(table::endFirst, () -> table.call("a"), () -> table.call("a"))
                        .then(() -> {
                            table.endAll();
                            assertThat(table.calls)
                                    .allSatisfy(call -> assertThat(call).isCompletedWithValue("done"));
                            table.assertNothingIsLeft();
                        });
            });
        }
    }

    @Test
    void joiningAgainstTheLastOneToLeaveNeverGivesAnAbortedRun() throws Exception {
        try (Race race = new Race()) {
            race.repeat(TIMES, () -> {
                Table table = new Table(OnConflict.JOIN);
                CompletableFuture<String> first = table.call("a");
                List<CompletableFuture<String>> second = new CopyOnWriteArrayList<>();
                return Race.between(() -> first.cancel(true), () -> second.add(table.call("a")))
                        .then(() -> {
                            table.endAll();
                            assertThat(first).isCancelled();
                            assertThat(second.get(0)).isCompletedWithValue("done");
                            table.assertNothingIsLeft();
                        });
            });
        }
    }

    @Test
    void theLastTwoWhoLeaveTogetherAbortTheRun() throws Exception {
        try (Race race = new Race()) {
            race.repeat(TIMES, () -> {
                Table table = new Table(OnConflict.JOIN);
                CompletableFuture<String> first = table.call("a");
                CompletableFuture<String> second = table.call("a");
                return Race.between(() -> first.cancel(true), () -> second.cancel(true))
                        .then(() -> {
                            assertThat(table.works.get(0)).isCancelled();
                            table.assertNothingIsLeft();
                        });
            });
        }
    }

    @Test
    void aWaiterThatIsCancelledWhenItsTurnComesLosesNoLock() throws Exception {
        try (Race race = new Race()) {
            race.repeat(TIMES, () -> {
                Table table = new Table(OnConflict.WAIT);
                table.call(List.of("a", "b"));
                CompletableFuture<String> waiting = table.call(List.of("b", "a"));
                CompletableFuture<String> next = table.call("a");
                return Race.between(table::endFirst, () -> waiting.cancel(true)).then(() -> {
                    table.endAll();
                    assertThat(next).isCompletedWithValue("done");
                    table.assertNothingIsLeft();
                });
            });
        }
    }
}
