package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.OnAbort;
import dev.settle.core.CallListener;
import dev.settle.core.LineEvent;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Phased;

/** A context that closes while calls are in every state a policy may hold them in. */
class WorkInEveryStateTests {

    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal();
    private final ApplicationContextRunner app = Apps.virtual(this.time).withBean(Station.class);

    /** Holds the shutdown at its beginning. */
    private final HandCleanup begun = new HandCleanup();

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private static Station station(ApplicationContext context) {
        return context.getBean(Station.class);
    }

    private Supplier<CompletableFuture<String>> noted(String name) {
        return () -> {
            this.journal.note(name);
            return CompletableFuture.completedFuture(name);
        };
    }

    private static CompletableFuture<String> refused() {
        return CompletableFuture.failedFuture(new IllegalStateException("nobody at home"));
    }

    /** Closes the context, and is back when shutdown has begun and nothing has stopped yet. */
    private Closing begin(ConfigurableApplicationContext context) {
        controller(context).phase(Integer.MAX_VALUE).onAbort("begun", this.begun);
        CompletableFuture<Void> stopping = new CompletableFuture<>();
        context.getBean(CallDrain.class).stopping().onAbort(reason -> stopping.complete(null));
        Closing closing = Closing.of(context);
        this.begun.event();
        Waits.result(stopping);
        return closing;
    }

    private static ThrowingConsumer<Throwable> abortedByShutdown() {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason().kind()).isEqualTo(Kind.SHUTDOWN));
    }

    private static ThrowingConsumer<Throwable> closedBy(String policy) {
        return failure -> assertThat(failure).isInstanceOfSatisfying(CallRejectedException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(CallRejectedException.Reason.CLOSED);
            assertThat(refused.policy()).isEqualTo(policy);
        });
    }

    @Test
    void eachCallHasTheOutcomeOfItsState() {
        this.app.run(context -> {
            Station station = station(context);
            CompletableFuture<String> flushed = station.flushed(noted("flushed"));
            CompletableFuture<String> dropped = station.dropped(noted("dropped"));
            station.paced(noted("first of the hour"));
            CompletableFuture<String> paced = station.paced(noted("paced"));
            station.shared(noted("first of the hour"));
            CompletableFuture<String> shared = station.shared(noted("shared"));
            CompletableFuture<String> holder = station.locked(() -> this.answer);
            CompletableFuture<String> locked = station.locked(noted("locked"));
            CompletableFuture<String> running = station.limited(() -> this.answer);
            CompletableFuture<String> limited = station.limited(noted("limited"));
            CompletableFuture<String> retried = station.retried(WorkInEveryStateTests::refused);
            AsyncAbortController controller = controller(context);
            Closing closing = begin(context);

            assertThat(Waits.failure(paced)).satisfies(closedBy("throttle"));
            assertThat(Waits.failure(shared)).satisfies(closedBy("throttle"));
            assertThat(Waits.failure(locked)).satisfies(closedBy("exclusive"));
            assertThat(Waits.failure(limited)).satisfies(closedBy("bulkhead"));
            assertThat(Waits.failure(retried)).satisfies(abortedByShutdown());
            assertThat(List.of(flushed, dropped, holder, running))
                    .as("still wanted")
                    .allSatisfy(call -> assertThat(call).isNotDone());
            this.begun.finish();
            this.answer.complete("delivered");
            closing.join();

            assertThat(holder).isCompletedWithValue("delivered");
            assertThat(running).isCompletedWithValue("delivered");
            assertThat(flushed).isCompletedWithValue("flushed");
            assertThat(Waits.failure(dropped)).satisfies(abortedByShutdown());
            assertThat(this.journal.lines()).containsExactly("first of the hour", "first of the hour", "flushed");
            assertThat(controller.inFlight().size()).isZero();
            Waits.until(() -> this.time.pending() == 0);
        });
    }

    @Test
    void callsInTheLineOfAThrottleNeverStartInABurst() {
        this.app.run(context -> {
            Station station = station(context);
            station.paced(noted("started"));
            List<CompletableFuture<String>> line = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                line.add(station.paced(noted("started")));
            }
            context.close();
            this.time.advance(Duration.ofDays(2));

            assertThat(line).allSatisfy(call -> assertThat(Waits.failure(call)).satisfies(closedBy("throttle")));
            assertThat(this.journal.lines()).containsExactly("started");
        });
    }

    @Test
    void aCallThatIsSentAwayFromItsLineIsNotTriedAgain() {
        this.app.run(context -> {
            Station station = station(context);
            CompletableFuture<String> running = station.retriedInLine(() -> this.answer);
            CompletableFuture<String> waiting = station.retriedInLine(noted("started"));
            Closing closing = begin(context);

            assertThat(Waits.failure(waiting)).satisfies(closedBy("bulkhead"));
            this.begun.finish();
            this.answer.complete("delivered");
            closing.join();
            assertThat(running).isCompletedWithValue("delivered");
            assertThat(this.journal.lines()).isEmpty();
        });
    }

    @Test
    void aTimeoutStillEndsACallThatIsWaitedFor() {
        this.app.run(context -> {
            CompletableFuture<String> bounded = station(context).bounded(() -> this.answer);
            Closing closing = begin(context);
            this.begun.finish();

            Waits.assertStaysOpen(closing.closed());
            this.time.advance(Duration.ofSeconds(10));

            assertThat(Waits.failure(bounded)).isInstanceOf(CallTimeoutException.class);
            closing.join();
            assertThat(this.answer).isCancelled();
        });
    }

    @Test
    void callersThatWaitOnTheirThreadsAreSentAwayToo() {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger waiting = new AtomicInteger();
        CallListener counting = event -> {
            if (event.type() == LineEvent.WAITING) {
                waiting.incrementAndGet();
            }
        };
        Callable<String> holding = () -> {
            inside.countDown();
            goOn.await();
            return "delivered";
        };
        this.app.withBean(CallListener.class, () -> counting).run(context -> {
            Station station = station(context);
            station.pacedNow(() -> "first of the hour");
            CompletableFuture<String> holder = onThread(() -> station.lockedNow(holding));
            CompletableFuture<String> running = onThread(() -> station.limitedNow(holding));
            Waits.open(inside);
            CompletableFuture<String> paced = onThread(() -> station.pacedNow(() -> "paced"));
            CompletableFuture<String> locked = onThread(() -> station.lockedNow(() -> "locked"));
            CompletableFuture<String> limited = onThread(() -> station.limitedNow(() -> "limited"));
            Waits.until(() -> waiting.get() == 3);
            Closing closing = begin(context);

            assertThat(Waits.failure(paced)).satisfies(closedBy("throttle"));
            assertThat(Waits.failure(locked)).satisfies(closedBy("exclusive"));
            assertThat(Waits.failure(limited)).satisfies(closedBy("bulkhead"));
            this.begun.finish();
            goOn.countDown();
            closing.join();
            assertThat(Waits.result(holder)).isEqualTo("delivered");
            assertThat(Waits.result(running)).isEqualTo("delivered");
            Waits.until(() -> this.time.pending() == 0);
        });
    }

    private static CompletableFuture<String> onThread(Callable<String> work) {
        CompletableFuture<String> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable ex) {
                result.completeExceptionally(ex);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    @Test
    void whatIsPendingRunsWhenWhatRanHasEnded() {
        this.app.run(context -> {
            Station station = station(context);
            station.flushedLater(() -> this.journal.note("flushed"));
            station.limited(() -> this.answer.whenComplete((value, failure) -> this.journal.note("ended")));
            Closing closing = begin(context);
            this.begun.finish();
            Waits.assertStaysOpen(closing.closed());
            this.answer.complete("delivered");
            closing.join();
        });

        assertThat(this.journal.lines()).containsExactly("ended", "flushed");
    }

    static class Upper extends Station implements Phased {

        @Override
        public int getPhase() {
            return 7;
        }
    }

    static class Lower {

        private final Journal journal;

        Lower(Journal journal) {
            this.journal = journal;
        }

        @Debounce("1h")
        public void save() {
            this.journal.note("lower");
        }
    }

    @Test
    void whatIsPendingRunsInThePhaseOfItsBean() {
        Apps.virtual(this.time)
                .withBean(Upper.class)
                .withBean(Lower.class, () -> new Lower(this.journal))
                .run(context -> {
                    context.getBean(Lower.class).save();
                    context.getBean(Upper.class).flushedLater(() -> this.journal.note("upper"));
                    controller(context).phase(3).onAbort("between", this.journal.noting("between"));

                    context.close();
                });

        assertThat(this.journal.lines()).containsExactly("upper", "between", "lower");
    }

    static class Janitor {

        private final Station station;
        private final List<CompletableFuture<String>> calls = new CopyOnWriteArrayList<>();
        private final CompletableFuture<String> answer;
        private final CompletableFuture<Void> called = new CompletableFuture<>();

        Janitor(Station station, CompletableFuture<String> answer) {
            this.station = station;
            this.answer = answer;
        }

        @OnAbort
        CompletionStage<?> cleanUp() {
            this.calls.add(this.station.limited(() -> this.answer));
            this.calls.add(this.station.limited(() -> CompletableFuture.completedFuture("swept")));
            this.called.complete(null);
            return CompletableFuture.allOf(this.calls.toArray(CompletableFuture<?>[]::new));
        }
    }

    @Test
    void callsOfACleanupMayStillWait() {
        this.app
                .withBean("answer", CompletableFuture.class, () -> this.answer)
                .withBean("janitor", Janitor.class)
                .run(context -> {
                    Janitor janitor = context.getBean(Janitor.class);
                    AsyncAbortController controller = controller(context);
                    Closing closing = Closing.of(context);
                    Waits.result(janitor.called);

                    Waits.assertStaysOpen(janitor.calls.get(1));
                    this.answer.complete("dusted");
                    closing.join();

                    assertThat(janitor.calls.get(0)).isCompletedWithValue("dusted");
                    assertThat(janitor.calls.get(1)).isCompletedWithValue("swept");
                    assertThat(Reports.outcome(controller, "janitor.cleanUp")).isEqualTo(Outcome.COMPLETED);
                });
    }

    @Test
    void inRealTimeTimersAndThreadsAreBackWhereTheyWere() {
        int timers = TimeSource.system().pending();
        Set<Thread> before = holdingTheProcess();
        Apps.plain().withBean(Station.class).run(context -> {
            Station station = station(context);
            List<CompletableFuture<String>> calls = new ArrayList<>();
            calls.add(station.flushed(noted("flushed")));
            calls.add(station.dropped(noted("dropped")));
            calls.add(station.locked(() -> this.answer));
            for (int i = 0; i < 100; i++) {
                calls.add(station.paced(noted("paced")));
                calls.add(station.locked(noted("locked")));
                calls.add(station.limited(() -> this.answer));
                calls.add(station.retried(WorkInEveryStateTests::refused));
            }
            Closing closing = begin(context);
            this.begun.finish();
            this.answer.complete("delivered");
            closing.join();

            assertThat(calls).allSatisfy(call -> assertThat(call).isDone());
        });

        Waits.until(() -> TimeSource.system().pending() <= timers);
        assertThat(before).containsAll(holdingTheProcess());
    }

    /** The threads that would keep the process from ending. */
    private static Set<Thread> holdingTheProcess() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && !thread.isDaemon() && thread != Thread.currentThread())
                .collect(Collectors.toSet());
    }
}
