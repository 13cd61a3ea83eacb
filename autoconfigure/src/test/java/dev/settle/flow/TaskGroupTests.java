package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.Logs;
import dev.settle.core.AsyncCall;
import dev.settle.core.Results;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class TaskGroupTests {

    private final IllegalStateException broken = new IllegalStateException("broken");
    private final CompletableFuture<String> user = new CompletableFuture<>();
    private final CompletableFuture<String> orders = new CompletableFuture<>();
    private final List<AbortSignal> signals = new ArrayList<>();

    private CompletableFuture<String> find(CompletableFuture<String> what) {
        this.signals.add(AbortSignal.current());
        return what;
    }

    private CompletableFuture<String> view() {
        return TaskGroup.run(group -> group.fork(() -> find(this.user))
                .thenCombine(group.fork(() -> find(this.orders)), (one, other) -> one + " with " + other));
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return Results.failure(future);
    }

    @Test
    void outcomeIsThatOfTheBody() {
        CompletableFuture<String> view = view();

        this.user.complete("Ann");
        assertThat(view).isNotDone();
        this.orders.complete("two orders");

        assertThat(view).isCompletedWithValue("Ann with two orders");
    }

    @Test
    void groupEndsWithItsLastChildEvenIfTheBodyDoesNotWaitForIt() {
        CompletableFuture<String> group = TaskGroup.run(tasks -> {
            tasks.fork(() -> this.user);
            return CompletableFuture.completedFuture("body");
        });

        assertThat(group).isNotDone();
        this.user.complete("late");

        assertThat(group).isCompletedWithValue("body");
    }

    @Test
    void failureOfAChildAbortsTheOthersAndIsTheOutcome() throws Exception {
        CompletableFuture<String> view = view();

        this.user.completeExceptionally(this.broken);

        // Each of several is told by a thread of its own.
        Results.until(this.orders::isCancelled);
        assertThat(this.signals.get(1).reason().orElseThrow().cause()).isSameAs(this.broken);
        assertThat(Results.awaitFailure(view)).isSameAs(this.broken).hasNoSuppressedExceptions();
    }

    @Test
    void groupThatFailsEndsWhenAllHaveEnded() throws Exception {
        CompletableFuture<String> stubborn = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        CompletableFuture<String> group = TaskGroup.run(tasks -> {
            tasks.fork(() -> stubborn);
            return tasks.fork(() -> this.user);
        });

        this.user.completeExceptionally(this.broken);
        assertThat(group).isNotDone();
        stubborn.complete("ended");

        assertThat(Results.awaitFailure(group)).isSameAs(this.broken);
    }

    @Test
    void bodyThatThrowsAbortsItsChildren() throws Exception {
        CompletableFuture<String> group = TaskGroup.run(tasks -> {
            tasks.fork(() -> find(this.user));
            throw this.broken;
        });

        Results.until(this.user::isCancelled);
        assertThat(Results.awaitFailure(group)).isSameAs(this.broken);
    }

    @Test
    void cancellingTheGroupAbortsItsChildren() {
        CompletableFuture<String> view = view();

        view.cancel(true);

        assertThat(view).isCancelled();
        Results.until(this.user::isCancelled);
        assertThat(this.signals)
                .allMatch(signal -> signal.reason().orElseThrow().kind() == AbortReason.Kind.CALLER_CANCELLED);
    }

    @Test
    void abortOfTheWorkAroundIsTheOutcome() throws Exception {
        AbortSource around = new AbortSource();
        AbortSignal outer = CurrentSignal.swap(around);
        CompletableFuture<String> view;
        try {
            view = view();
        } finally {
            CurrentSignal.swap(outer);
        }

        around.abort(AbortReason.shutdown("The application stops"));

        Results.until(this.user::isCancelled);
        assertThat(Results.awaitFailure(view))
                .isInstanceOf(AbortedException.class)
                .hasMessageContaining("The application stops");
    }

    @Test
    void childThatIsGivenUpAloneIsNoFailureOfTheGroup() {
        CompletableFuture<String> group = TaskGroup.run(tasks -> {
            CompletableFuture<String> child = tasks.fork(() -> find(this.user));
            child.cancel(true);
            assertThat(child).isCancelled();
            return tasks.fork(() -> find(this.orders));
        });

        assertThat(this.user).isCancelled();
        assertThat(this.signals.get(1).aborted()).isFalse();
        this.orders.complete("two orders");
        assertThat(group).isCompletedWithValue("two orders");
    }

    @Test
    void childMayBeginOthersWhileTheGroupGoesOn() {
        CompletableFuture<String> group = TaskGroup.run(tasks -> tasks.fork(() -> {
            tasks.fork(() -> this.orders);
            return this.user;
        }));

        this.user.complete("Ann");
        assertThat(group).isNotDone();
        this.orders.complete("two orders");

        assertThat(group).isCompletedWithValue("Ann");
    }

    @Test
    void nothingBeginsInAGroupThatHasEnded() {
        TaskGroup[] ended = new TaskGroup[1];
        TaskGroup.run(tasks -> {
            ended[0] = tasks;
            return CompletableFuture.completedFuture("done");
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> ended[0].fork(() -> this.user))
                .withMessageContaining("has ended");
    }

    @Test
    void childThatComesAfterAFailureIsNotStarted() {
        CompletableFuture<String> late = new CompletableFuture<>();
        List<String> begun = new ArrayList<>();
        TaskGroup.run(tasks -> {
            tasks.fork(() -> CompletableFuture.failedFuture(this.broken));
            tasks.fork(() -> {
                        begun.add("late");
                        return this.user;
                    })
                    .whenComplete((value, failure) -> late.completeExceptionally(failure));
            return this.orders;
        });

        assertThat(begun).isEmpty();
        assertThat(failure(late)).isInstanceOf(AbortedException.class);
    }

    @Test
    void settlingGroupLeavesItToTheBodyWhatAFailureMeans() {
        CompletableFuture<String> group = TaskGroup.settle(tasks -> Outcome.of(tasks.fork(() -> find(this.user)))
                .thenCombine(
                        tasks.fork(() -> find(this.orders)),
                        (one, other) -> one.fold(name -> name, Throwable::getMessage) + " with " + other));

        this.user.completeExceptionally(this.broken);
        assertThat(this.signals.get(1).aborted()).isFalse();
        this.orders.complete("two orders");

        assertThat(group).isCompletedWithValue("broken with two orders");
    }

    @Test
    void childrenBeyondTheLimitWaitTheirTurn() {
        CompletableFuture<String> group = TaskGroup.atMost(1).run(tasks -> {
            CompletableFuture<String> first = tasks.fork(() -> find(this.user));
            return first.thenCombine(tasks.fork(() -> find(this.orders)), String::concat);
        });
        assertThat(this.signals).hasSize(1);

        this.user.complete("Ann");
        assertThat(this.signals).hasSize(2);
        this.orders.complete("!");

        assertThat(group).isCompletedWithValue("Ann!");
        assertThatIllegalArgumentException().isThrownBy(() -> TaskGroup.atMost(0));
    }

    @Test
    void childThatIsCancelledWhileItWaitsNeverBegins() {
        CompletableFuture<String> group = TaskGroup.atMost(1).run(tasks -> {
            CompletableFuture<String> first = tasks.fork(() -> find(this.user));
            tasks.fork(() -> find(this.orders)).cancel(true);
            return first;
        });

        this.user.complete("Ann");

        assertThat(group).isCompletedWithValue("Ann");
        assertThat(this.signals).hasSize(1);
    }

    @Test
    void failureSettlesThoseThatWait() throws Exception {
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        CompletableFuture<String> group = TaskGroup.atMost(1).run(tasks -> {
            tasks.fork(() -> this.user);
            waiting.add(tasks.fork(() -> find(this.orders)));
            return new CompletableFuture<>();
        });

        this.user.completeExceptionally(this.broken);

        assertThat(Results.awaitFailure(group)).isSameAs(this.broken);
        assertThat(failure(waiting.get(0))).isInstanceOf(AbortedException.class);
        assertThat(this.signals).isEmpty();
    }

    @Test
    void thoseThatWaitAreToldAtOnceThoughOneThatRunsDoesNotEnd() throws Exception {
        CompletableFuture<String> stubborn = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        List<TaskGroup> groups = new ArrayList<>();
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        CompletableFuture<String> group = TaskGroup.atMost(1).run(tasks -> {
            groups.add(tasks);
            tasks.fork(() -> stubborn);
            waiting.add(tasks.fork(() -> find(this.orders)));
            return this.user;
        });

        this.user.completeExceptionally(this.broken);
        waiting.add(groups.get(0).fork(() -> find(this.orders)));

        assertThat(Results.awaitFailure(waiting.get(0))).isInstanceOf(AbortedException.class);
        assertThat(Results.awaitFailure(waiting.get(1))).isInstanceOf(AbortedException.class);
        assertThat(group).as("one still runs").isNotDone();
        stubborn.complete("ended");
        assertThat(Results.awaitFailure(group)).isSameAs(this.broken);
        assertThat(this.signals).isEmpty();
    }

    @Test
    void blockingChildIsInterruptedAndWaitedFor() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<String> heard = new CompletableFuture<>();
        CompletableFuture<String> group = TaskGroup.run(tasks -> {
            tasks.forkBlocking(() -> {
                try {
                    inside.countDown();
                    new CountDownLatch(1).await();
                } catch (InterruptedException ex) {
                    heard.complete("interrupted");
                    mayEnd.await();
                }
                return "never";
            });
            return tasks.fork(() -> this.user);
        });
        Results.await(inside);

        this.user.completeExceptionally(this.broken);

        assertThat(Results.await(heard)).isEqualTo("interrupted");
        assertThat(group).as("it is still running").isNotDone();
        mayEnd.countDown();
        assertThat(Results.awaitFailure(group)).isSameAs(this.broken);
    }

    @Test
    void executorThatTakesNothingIsAFailure() {
        CompletableFuture<String> group = TaskGroup.run(tasks -> tasks.forkBlocking(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                () -> "never"));

        assertThat(failure(group))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("full");
    }

    @Test
    void workThatCancelsItselfIsAFailure() {
        CompletableFuture<String> group = TaskGroup.run(tasks -> tasks.fork(() -> this.user));

        this.user.cancel(true);

        assertThat(failure(group)).isInstanceOf(CancellationException.class);
    }

    @Test
    void childThatBeginsAnotherWhereThereIsNoPlaceIsWarned() {
        try (Logs logs = new Logs(GroupRun.class)) {
            CompletableFuture<String> all = TaskGroup.atMost(1)
                    .run(group -> group.fork(() -> {
                        group.fork(() -> this.user);
                        group.fork(() -> this.user);
                        return this.orders;
                    }));

            assertThat(logs.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.getMessage()).contains("neither ever ends"));
            this.orders.complete("orders");
            this.user.complete("user");
            assertThat(all).isCompletedWithValue("orders");
        }
    }

    @Test
    void bodyThatBeginsMoreThanThereArePlacesIsNot() {
        try (Logs logs = new Logs(GroupRun.class)) {
            TaskGroup.atMost(1).run(group -> {
                group.fork(() -> this.user);
                return group.fork(() -> this.user);
            });

            assertThat(logs.records()).isEmpty();
        }
    }

    @Test
    void waitingChildThatIsGivenUpKeepsNothing() {
        List<Object> needed = new ArrayList<>(List.of(new Object()));
        WeakReference<Object> kept = new WeakReference<>(needed.get(0));
        TaskGroup.atMost(1).run(group -> {
            CompletableFuture<String> first = group.fork(() -> this.user);
            group.fork(captor(needed.remove(0))).cancel(true);
            return first;
        });

        Results.until(() -> {
            System.gc();
            return kept.get() == null;
        });
    }

    private static AsyncCall<String> captor(Object captured) {
        return () -> CompletableFuture.completedFuture(captured.toString());
    }
}
