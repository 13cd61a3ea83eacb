package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncAbortController;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** What becomes of the calls of annotated methods when the application shuts down. */
class CallDrainTests {

    /** Spring waits 30 s, Settle half a second less, and leaves calls another half to tell their callers. */
    private static final Duration GRACE = Duration.ofSeconds(29);

    private static final Duration LAST_WORDS = Duration.ofMillis(500);
    private static final Duration NANO = Duration.ofNanos(1);

    private final WatchedTime time = new WatchedTime();
    private final Journal journal = new Journal();
    private final ApplicationContextRunner app = Apps.virtual(this.time).withBean(Courier.class);

    /** Holds the shutdown at its beginning. */
    private final HandCleanup begun = new HandCleanup();

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private static Courier courier(ApplicationContext context) {
        return context.getBean(Courier.class);
    }

    private static CompletableFuture<String> delivered() {
        return CompletableFuture.completedFuture("delivered");
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

    private static ThrowingConsumer<Throwable> closed() {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(CallRejectedException.Reason.CLOSED));
    }

    private static String detail(AsyncAbortController controller) {
        return Reports.entry(controller, CallDrain.IN_FLIGHT).detail();
    }

    @Test
    void callInFlightIsWaitedFor() {
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            controller.phase(100).onAbort("100", this.journal.noting("100"));
            CompletableFuture<String> call = courier(context).deliver(() -> this.answer);
            call.thenRun(() -> this.journal.note("call ends"));
            Closing closing = begin(context);
            this.begun.finish();

            Waits.assertStaysOpen(closing.closed());
            this.answer.complete("delivered");
            closing.join();

            assertThat(call).isCompletedWithValue("delivered");
            assertThat(detail(controller)).isEqualTo("1 in flight: 1 ended, 0 aborted");
        });

        assertThat(this.journal.lines()).containsExactly("call ends", "100");
    }

    @Test
    void applicationWithoutCallsWaitsForNothing() {
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);

            context.close();

            assertThat(Reports.outcome(controller, CallDrain.IN_FLIGHT)).isEqualTo(Outcome.COMPLETED);
            assertThat(detail(controller)).isNull();
            assertThat(this.time.pending()).as("timers").isZero();
        });
    }

    @Test
    void callThatWaitsToTryAgainEndsAtOnce() {
        AtomicInteger attempts = new AtomicInteger();
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            CompletableFuture<String> call = courier(context).deliver(() -> {
                attempts.incrementAndGet();
                return refused();
            });
            Closing closing = begin(context);

            assertThat(Waits.failure(call))
                    .satisfies(abortedByShutdown())
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .singleElement()
                            .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                            .hasMessage("nobody at home"));

            this.begun.finish();
            closing.join();
            assertThat(attempts).hasValue(1);
            assertThat(detail(controller)).isEqualTo("1 in flight: 0 ended, 1 aborted");
        });
    }

    @Test
    void callThatFailsNowIsNotTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        this.app.run(context -> {
            CompletableFuture<String> call = courier(context).deliver(() -> {
                attempts.incrementAndGet();
                return this.answer;
            });
            Closing closing = begin(context);

            IllegalStateException failure = new IllegalStateException("nobody at home");
            this.answer.completeExceptionally(failure);

            assertThat(Waits.failure(call)).isSameAs(failure);
            this.begun.finish();
            closing.join();
            assertThat(attempts).hasValue(1);
        });
    }

    @Test
    void callsThatNeverEndAreAbortedShortlyBeforeTheLimit() {
        CompletableFuture<AbortReason> told = new CompletableFuture<>();
        CompletableFuture<String> work = new CompletableFuture<>();
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            CompletableFuture<String> call = courier(context).deliver(() -> {
                AbortSignal.current().onAbort(told::complete);
                return work;
            });
            Closing closing = Closing.of(context);
            this.time.awaitTimer(GRACE);

            this.time.advance(GRACE.minus(NANO));
            Waits.assertStaysOpen(call);
            this.time.advance(NANO);

            assertThat(Waits.failure(call)).satisfies(abortedByShutdown());
            closing.join();
            assertThat(told.join().kind()).isEqualTo(Kind.SHUTDOWN);
            assertThat(work).isCancelled();
            assertThat(Reports.outcome(controller, CallDrain.IN_FLIGHT)).isEqualTo(Outcome.COMPLETED);
            assertThat(detail(controller)).isEqualTo("1 in flight: 0 ended, 1 aborted");
        });
    }

    @Test
    void graceIsThatOfThePhase() {
        this.app
                .withPropertyValues("settle.shutdown.phase-timeouts." + AbortPhases.WEB_DRAIN + "=10s")
                .run(context -> {
                    CompletableFuture<String> call = courier(context).deliver(CompletableFuture::new);
                    Closing closing = Closing.of(context);

                    this.time.advanceWhenArmed(Duration.ofMillis(9_500));

                    assertThat(Waits.failure(call)).satisfies(abortedByShutdown());
                    closing.join();
                });
    }

    @Test
    void blockingCallThatWaitsToTryAgainEndsAtOnce() {
        AtomicInteger attempts = new AtomicInteger();
        this.app.run(context -> {
            CompletableFuture<String> call = onThread(context, () -> {
                attempts.incrementAndGet();
                throw new IllegalStateException("nobody at home");
            });
            Waits.until(() -> this.time.pending() == 1);
            Closing closing = begin(context);

            assertThat(Waits.failure(call)).satisfies(abortedByShutdown());
            this.begun.finish();
            closing.join();
            assertThat(attempts).hasValue(1);
        });
    }

    @Test
    void blockingCallIsInterruptedShortlyBeforeTheLimit() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            CompletableFuture<String> call = onThread(context, () -> {
                inside.countDown();
                never.await();
                return "delivered";
            });
            Waits.open(inside);
            Closing closing = Closing.of(context);

            this.time.advanceWhenArmed(GRACE);

            assertThat(Waits.failure(call)).satisfies(abortedByShutdown());
            closing.join();
            assertThat(detail(controller)).isEqualTo("1 in flight: 0 ended, 1 aborted");
        });
    }

    @Test
    void callThatDoesNotListenIsLeftBehindAtTheLimit() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            CompletableFuture<String> call = onThread(context, () -> {
                inside.countDown();
                awaitWithoutListening(release);
                return "delivered";
            });
            Waits.open(inside);
            Closing closing = Closing.of(context);

            this.time.advanceWhenArmed(GRACE);
            this.time.advance(LAST_WORDS);
            // Not another grace, for the late ones.
            this.time.advanceWhenArmed(LAST_WORDS);

            closing.join();
            assertThat(Reports.outcome(controller, CallDrain.IN_FLIGHT)).isEqualTo(Outcome.TIMED_OUT);
            release.countDown();
            assertThat(Waits.result(call)).isEqualTo("delivered");
        });
    }

    private static void awaitWithoutListening(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException ex) {
                // That is the point.
            }
        }
    }

    @Test
    void workThatAGroupTracksIsNoCall() {
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            AbortSignal signal = controller.phase(100).signal();
            List<Boolean> aborted = new CopyOnWriteArrayList<>();
            CompletableFuture<String> polling = new CompletableFuture<>();
            controller.phase(100).track("poller", own -> {
                own.onAbort(reason -> {
                    aborted.add(signal.aborted());
                    polling.complete("polled");
                });
                return polling;
            });
            CompletableFuture<String> call = courier(context).deliver(CompletableFuture::new);
            Closing closing = Closing.of(context);

            this.time.advanceWhenArmed(GRACE);

            assertThat(Waits.failure(call)).satisfies(abortedByShutdown());
            closing.join();
            assertThat(aborted).as("at its group's turn").containsExactly(true);
            assertThat(detail(controller)).isEqualTo("1 in flight: 0 ended, 1 aborted");
        });
    }

    @Test
    void callIsRefusedOnceShutdownHasBegun() {
        this.app.run(context -> {
            Closing closing = begin(context);

            assertThat(Waits.failure(courier(context).deliver(CallDrainTests::delivered)))
                    .satisfies(closed());
            assertThat(Waits.failure(onThread(context, () -> "delivered"))).satisfies(closed());

            this.begun.finish();
            closing.join();
        });
    }

    @Test
    void callIsRefusedAfterClose() {
        this.app.run(context -> {
            Courier courier = courier(context);

            context.close();

            assertThat(Waits.failure(courier.deliver(CallDrainTests::delivered)))
                    .satisfies(closed());
        });
    }

    @Test
    void callIsLetInWhileBeansThatTakeInWorkAreStopping() {
        CompletableFuture<Void> served = new CompletableFuture<>();
        ForeignBean server = new ForeignBean("server", AbortPhases.WEB_DRAIN, this.journal, served);
        HandCleanup below = new HandCleanup();
        this.app.withBean(ForeignBean.class, () -> server).run(context -> {
            controller(context).phase(AbortPhases.WEB_DRAIN - 2).onAbort("below", below);
            Closing closing = begin(context);
            assertThat(courier(context).deliver(CallDrainTests::delivered)).isCompletedWithValue("delivered");
            this.begun.finish();
            Waits.result(server.stopping());
            assertThat(courier(context).deliver(CallDrainTests::delivered)).isCompletedWithValue("delivered");

            served.complete(null);
            below.event();

            assertThat(Waits.failure(courier(context).deliver(CallDrainTests::delivered)))
                    .satisfies(closed());
            below.finish();
            closing.join();
        });
    }

    @Test
    void callLetInLateHasNoMoreTimeThanTheOthers() {
        CompletableFuture<Void> served = new CompletableFuture<>();
        ForeignBean server = new ForeignBean("server", AbortPhases.WEB_DRAIN, this.journal, served);
        this.app.withBean(ForeignBean.class, () -> server).run(context -> {
            AsyncAbortController controller = controller(context);
            Closing closing = Closing.of(context);
            Waits.result(server.stopping());
            Waits.until(() -> Reports.outcome(controller, CallDrain.IN_FLIGHT) == Outcome.COMPLETED);
            this.time.advance(Duration.ofSeconds(20));
            CompletableFuture<String> call = courier(context).deliver(CompletableFuture::new);
            served.complete(null);

            this.time.advanceWhenArmed(GRACE.minusSeconds(20));

            assertThat(Waits.failure(call)).satisfies(abortedByShutdown());
            closing.join();
        });
    }

    @Test
    void onlyCallsThatWereInFlightAtTheBeginningAreCounted() {
        CompletableFuture<Void> served = new CompletableFuture<>();
        ForeignBean server = new ForeignBean("server", AbortPhases.WEB_DRAIN, this.journal, served);
        this.app.withBean(ForeignBean.class, () -> server).run(context -> {
            AsyncAbortController controller = controller(context);
            courier(context).deliver(CallDrainTests::delivered);
            courier(context).deliver(() -> this.answer);
            Closing closing = begin(context);
            courier(context).deliver(CallDrainTests::delivered);

            this.answer.complete("delivered");
            this.begun.finish();
            served.complete(null);
            closing.join();

            assertThat(detail(controller)).isEqualTo("1 in flight: 1 ended, 0 aborted");
        });
    }

    @Test
    void callFromInsideACallInFlightIsLetIn() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        this.app.run(context -> {
            Courier courier = courier(context);
            CompletableFuture<String> call = onThread(context, () -> {
                inside.countDown();
                Waits.open(goOn);
                return "outer and " + courier.deliver(CallDrainTests::delivered).join();
            });
            Waits.open(inside);
            Closing closing = begin(context);

            goOn.countDown();

            assertThat(Waits.result(call)).isEqualTo("outer and delivered");
            this.begun.finish();
            closing.join();
        });
    }

    @Test
    void callFromInsideACleanupIsLetIn() {
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            Courier courier = courier(context);
            controller.phase(-5).onAbort("goodbye", event -> courier.deliver(CallDrainTests::delivered));

            context.close();

            assertThat(Reports.entry(controller, "goodbye").outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(Reports.entry(controller, "goodbye").detail()).isEqualTo("delivered");
        });
    }

    @Test
    void callFromInsideACleanupEndsWithTheCleanupsTime() {
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            Courier courier = courier(context);
            CompletableFuture<CompletableFuture<String>> made = new CompletableFuture<>();
            controller.phase(-5).onAbort("goodbye", Duration.ofSeconds(2), event -> {
                made.complete(courier.deliver(CompletableFuture::new));
                return made.join();
            });
            Closing closing = Closing.of(context);
            CompletableFuture<String> call = Waits.result(made);

            this.time.advance(Duration.ofSeconds(2));

            closing.join();
            assertThat(call).isCompletedExceptionally();
            assertThat(Reports.outcome(controller, "goodbye")).isEqualTo(Outcome.TIMED_OUT);
        });
    }

    @Test
    void callerThatDoesNotComeBackHoldsUpNobodyElse() {
        CountDownLatch release = new CountDownLatch(1);
        this.app.run(context -> {
            List<CompletableFuture<String>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                calls.add(courier(context).deliver(CompletableFuture::new));
                calls.add(courier(context).deliver(CallDrainTests::refused));
            }
            calls.forEach(call -> call.whenComplete((value, failure) -> awaitWithoutListening(release)));
            Closing closing = Closing.of(context);

            this.time.advanceWhenArmed(GRACE);
            this.time.advance(LAST_WORDS);
            this.time.advanceWhenArmed(LAST_WORDS);

            closing.join();
            assertThat(calls).allMatch(CompletableFuture::isCompletedExceptionally);
            release.countDown();
        });
    }

    @Test
    void callsUseNoBeanThatIsDestroyed() {
        AtomicInteger misuses = new AtomicInteger();
        AtomicInteger uses = new AtomicInteger();
        Apps.plain()
                .withBean(Courier.class)
                .withBean(Store.class, () -> new Store(uses, misuses))
                .run(context -> {
                    Store store = context.getBean(Store.class);
                    for (int i = 0; i < 10; i++) {
                        courier(context)
                                .deliver(() -> CompletableFuture.supplyAsync(
                                        store::use, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)))
                                .thenApply(value -> store.use());
                    }
                    context.close();
                });

        assertThat(uses).hasValue(20);
        assertThat(misuses).hasValue(0);
    }

    private static CompletableFuture<String> onThread(ApplicationContext context, Callable<String> work) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Courier courier = courier(context);
        Thread thread = new Thread(() -> {
            try {
                outcome.complete(courier.deliverNow(work));
            } catch (Throwable ex) {
                outcome.completeExceptionally(ex);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return outcome;
    }

    /** Notices when somebody uses it too late. */
    static final class Store implements DisposableBean {

        private final AtomicInteger uses;
        private final AtomicInteger misuses;
        private volatile boolean destroyed;

        Store(AtomicInteger uses, AtomicInteger misuses) {
            this.uses = uses;
            this.misuses = misuses;
        }

        String use() {
            (this.destroyed ? this.misuses : this.uses).incrementAndGet();
            return "used";
        }

        @Override
        public void destroy() {
            this.destroyed = true;
        }
    }
}
