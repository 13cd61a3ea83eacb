package dev.settle.flow;

import static dev.settle.abort.Race.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Race;
import dev.settle.core.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads on all sides: every child begins once and ends, or is told that it will not; the group ends after the last. */
class TaskGroupStressTests {

    private static final int FORKERS = 4;
    private static final int EACH = 500;
    private static final int ROUNDS = 3_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, Integer.MAX_VALUE})
    void everyChildOfManyThreadsBeginsOnceAndNeverMoreRunThanAllowed(int limit) throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        Queue<CompletableFuture<String>> children = new ConcurrentLinkedQueue<>();

        CompletableFuture<Void> group = TaskGroup.atMost(limit)
                .run(tasks -> onManyThreads(() -> children.add(tasks.fork(() -> {
                    begun.incrementAndGet();
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    return CompletableFuture.supplyAsync(() -> {
                        running.decrementAndGet();
                        return "ended";
                    });
                }))));

        Results.await(group);
        assertThat(begun).hasValue(FORKERS * EACH);
        assertThat(children).hasSize(FORKERS * EACH).allMatch(child -> "ended".equals(child.getNow("pending")));
        assertThat(most.get()).isLessThanOrEqualTo(limit);
    }

    private static CompletableFuture<Void> onManyThreads(Runnable fork) {
        List<CompletableFuture<Void>> forkers = new ArrayList<>();
        for (int i = 0; i < FORKERS; i++) {
            forkers.add(CompletableFuture.runAsync(
                    () -> {
                        for (int number = 0; number < EACH; number++) {
                            fork.run();
                        }
                    },
                    task -> new Thread(task).start()));
        }
        return CompletableFuture.allOf(forkers.toArray(CompletableFuture<?>[]::new));
    }

    /** It may meet two calls, and then tells one of them on another thread: the model checker cannot follow that. */
    @Test
    void abortMayMeetAPlaceThatComesBack() throws Exception {
        meets(TaskGroupOperations::abort, children -> children.end(0));
    }

    @Test
    void abortMayMeetTheFailureOfAChild() throws Exception {
        meets(TaskGroupOperations::abort, TaskGroupOperations::failFirst);
    }

    @Test
    void failureOfAChildMayMeetOneThatComes() throws Exception {
        meets(TaskGroupOperations::failFirst, TaskGroupOperations::forkThird);
    }

    private static void meets(Consumer<TaskGroupOperations> one, Consumer<TaskGroupOperations> other) throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                TaskGroupOperations children = new TaskGroupOperations.OfTaskGroup();
                children.forkSecond();
                return between(() -> one.accept(children), () -> other.accept(children))
                        .then(() -> {
                            Results.until(children::ended);
                            children.nobodyIsStrandedAndNothingGoesOnAfterTheEnd();
                        });
            });
        }
    }

    @RepeatedTest(50)
    void cancelAmongForksLeavesNothingRunningAndNobodyWaiting() throws Exception {
        AtomicInteger running = new AtomicInteger();
        Queue<CompletableFuture<String>> children = new ConcurrentLinkedQueue<>();
        CompletableFuture<TaskGroup> inside = new CompletableFuture<>();
        CompletableFuture<String> group = TaskGroup.atMost(2).run(tasks -> {
            inside.complete(tasks);
            return new CompletableFuture<>();
        });
        CompletableFuture<Void> forking =
                onManyThreads(() -> children.add(inside.join().fork(() -> {
                    running.incrementAndGet();
                    CompletableFuture<String> work = new CompletableFuture<>();
                    ForkJoinPool.commonPool().execute(() -> {
                        running.decrementAndGet();
                        work.complete("ended");
                    });
                    return work;
                })));

        group.cancel(true);

        // Whoever comes after the end is refused.
        Results.await(forking.handle((done, refusal) -> "over"));
        Results.until(() -> running.get() == 0 && children.stream().allMatch(CompletableFuture::isDone));
    }
}
