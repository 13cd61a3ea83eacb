package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.abort.AsyncAbortController;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Many calls in flight when the application is closed: none is left without an outcome. */
class ShutdownStressTests {

    private final ApplicationContextRunner app = Apps.plain().withBean(Courier.class);

    private static CompletableFuture<String> in(long millis) {
        CompletableFuture<String> future = new CompletableFuture<>();
        TimeSource.system().schedule(TimeUnit.MILLISECONDS.toNanos(millis), () -> future.complete("delivered"));
        return future;
    }

    private static CompletableFuture<String> refused() {
        return CompletableFuture.failedFuture(new IllegalStateException("nobody at home"));
    }

    @Test
    void everyCallHasItsOutcomeWhenCloseReturns() {
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            Courier courier = context.getBean(Courier.class);
            List<CompletableFuture<String>> running = new ArrayList<>();
            List<CompletableFuture<String>> waiting = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                waiting.add(courier.deliver(ShutdownStressTests::refused));
            }
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                CompletableFuture<String> answer = new CompletableFuture<>();
                answers.add(answer);
                running.add(courier.deliver(() -> answer));
            }
            controller
                    .shutdownRequested()
                    .onAbort(reason -> in(300).thenRun(() -> answers.forEach(answer -> answer.complete("delivered"))));

            long start = System.nanoTime();
            context.close();
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(running).allSatisfy(call -> assertThat(call).isCompletedWithValue("delivered"));
            assertThat(waiting)
                    .allSatisfy(call -> assertThat(Waits.failure(call)).isInstanceOf(AbortedException.class));
            assertThat(took).isLessThan(Duration.ofSeconds(5));
            assertThat(Reports.entry(controller, CallDrain.IN_FLIGHT).detail())
                    .isEqualTo("1200 in flight: 1000 ended, 200 aborted");
        });
    }

    @Test
    void everyCallThatNeverEndsIsAborted() {
        WatchedTime time = new WatchedTime();
        Apps.virtual(time).withBean(Courier.class).run(context -> {
            AsyncAbortController controller = controller(context);
            Courier courier = context.getBean(Courier.class);
            List<CompletableFuture<String>> calls = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                calls.add(courier.deliver(CompletableFuture::new));
            }
            Closing closing = Closing.of(context);

            time.advanceWhenArmed(Duration.ofSeconds(29));
            closing.join();

            assertThat(calls).allMatch(CompletableFuture::isCancelled);
            assertThat(Reports.entry(controller, CallDrain.IN_FLIGHT).detail())
                    .isEqualTo("10000 in flight: 0 ended, 10000 aborted");
        });
    }

    @Test
    void everyCallThatMeetsTheCloseEndsOrIsRefused() {
        for (int round = 0; round < 10; round++) {
            this.app.run(context -> {
                Courier courier = context.getBean(Courier.class);
                Queue<CompletableFuture<String>> calls = new ConcurrentLinkedQueue<>();
                AtomicBoolean enough = new AtomicBoolean();
                CountDownLatch underWay = new CountDownLatch(4);
                List<CompletableFuture<Void>> callers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    long millis = i;
                    callers.add(CompletableFuture.runAsync(
                            () -> {
                                underWay.countDown();
                                for (int j = 0; j < 2_000 && !enough.get(); j++) {
                                    calls.add(courier.deliver(() -> (millis == 3) ? refused() : in(millis)));
                                }
                            },
                            command -> new Thread(command).start()));
                }
                Waits.open(underWay);

                context.close();
                enough.set(true);

                callers.forEach(Waits::result);
                assertThat(calls).isNotEmpty().allSatisfy(call -> {
                    assertThat(call).isDone();
                    if (call.isCompletedExceptionally()) {
                        assertThat(Waits.failure(call))
                                .isInstanceOfAny(
                                        AbortedException.class,
                                        CallRejectedException.class,
                                        IllegalStateException.class);
                    }
                });
            });
        }
    }
}
