package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.Registration;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an operator reads while an application shuts down. */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownLogTests {

    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    private final VirtualTime time = new VirtualTime();
    private final ApplicationContextRunner app = Apps.virtual(this.time);
    private final HandCleanup hung = new HandCleanup();

    /** The lines of Settle, without time and thread. */
    private static List<String> lines(CapturedOutput output) {
        return output.getOut()
                .lines()
                .filter(line -> line.contains("dev.settle.shutdown"))
                .map(line -> line.replaceFirst(".*?(INFO|WARN) .*?dev\\.settle\\.shutdown +(--|:) ", "$1 "))
                .toList();
    }

    private static List<String> lines(CapturedOutput output, String with) {
        return lines(output).stream().filter(line -> line.contains(with)).toList();
    }

    @Test
    void eachPhaseHasALine(CapturedOutput output) {
        this.app.run(context -> {
            controller(context).phase(100).onAbort("orders", event -> null);
            controller(context).phase(-5).onAbort("stock", event -> null);
            context.close();
        });

        assertThat(lines(output))
                .containsExactly(
                        "INFO Phase 100 settled in 0 ms: orders (0 ms)",
                        "INFO Phase -5 settled in 0 ms: stock (0 ms)",
                        "INFO Settled in 0 ms: all 2 cleanups ended well");
    }

    @Test
    void allGroupsOfAPhaseAreOnItsLine(CapturedOutput output) {
        this.app.run(context -> {
            AbortGroup group = controller(context).phase(100);
            group.onAbort("orders", event -> null);
            group.nextGroup().onAbort("outbox", event -> null);
            context.close();
        });

        assertThat(lines(output, "Phase"))
                .containsExactly("INFO Phase 100 settled in 0 ms: orders (0 ms), outbox (0 ms)");
    }

    @Test
    void lineTellsHowLongItTookAndWhatTheCleanupSaid(CapturedOutput output) {
        this.app.run(context -> {
            controller(context)
                    .phase(100)
                    .onAbort("orders", event -> this.hung.cleanUp(event).thenApply(nothing -> "flushed 7"));
            Closing closing = Closing.of(context);
            this.hung.event();
            this.time.advance(Duration.ofMillis(20));
            this.hung.finish();
            closing.join();
        });

        assertThat(lines(output, "Phase"))
                .containsExactly("INFO Phase 100 settled in 20 ms: orders (flushed 7, 20 ms)");
    }

    @Test
    void removedCleanupsHaveNoLine(CapturedOutput output) {
        this.app.run(context -> {
            Registration registration = controller(context).phase(100).onAbort("orders", event -> null);
            registration.remove();
            context.close();
        });

        assertThat(lines(output)).isEmpty();
    }

    @Test
    void applicationWithNothingToCleanUpSaysNothing(CapturedOutput output) {
        this.app.run(context -> context.close());

        assertThat(lines(output)).isEmpty();
    }

    @Test
    void failureIsLoggedWithItsTraceAndNamedInTheSummary(CapturedOutput output) {
        this.app.run(context -> {
            controller(context)
                    .phase(100)
                    .onAbort("orders", event -> CompletableFuture.failedFuture(new IllegalStateException("disk full")));
            controller(context).phase(100).onAbort("stock", event -> null);
            context.close();
        });

        assertThat(lines(output))
                .contains(
                        "WARN 'orders' (phase 100) failed",
                        "WARN Settled in 0 ms: 1 of 2 cleanups ended well; not settled: orders (FAILED 0 ms)");
        assertThat(output).contains("java.lang.IllegalStateException: disk full");
    }

    @Test
    void hungCleanupIsGivenUpOnceAndNamedInTheSummary(CapturedOutput output) {
        this.app.withPropertyValues("settle.shutdown.phase-timeouts.100=2s").run(context -> {
            AsyncAbortController controller = controller(context);
            controller.phase(100).onAbort("orders", this.hung);
            controller.phase(100).onAbort("stock", event -> null);
            Closing closing = Closing.of(context);
            this.hung.event();
            Waits.until(() -> Reports.outcome(controller, "stock") == Outcome.COMPLETED);
            this.time.advance(Duration.ofSeconds(2));
            closing.join();
        });

        assertThat(lines(output, "'orders'"))
                .containsExactly(
                        "WARN Gave up on 'orders' (phase 100): 'orders' exceeded the limit of phase 100 of 2 s");
        assertThat(lines(output, "Settled"))
                .containsExactly(
                        "WARN Settled in 2 s: 1 of 2 cleanups ended well; not settled: orders (TIMED_OUT 2 s)");
    }

    @Test
    void cleanupThatEndsLongAfterItWasGivenUpIsTold(CapturedOutput output) {
        ShutdownLog log = new ShutdownLog(this.time);
        AsyncAbortController controller = controllerWith(log);
        controller
                .phase(100)
                .onAbort(
                        "orders",
                        Duration.ofSeconds(2),
                        event -> this.hung.cleanUp(event).toCompletableFuture().minimalCompletionStage());
        controller.abortAsync();

        this.time.advance(Duration.ofSeconds(5));
        this.hung.finish();

        assertThat(lines(output, "after it was given up"))
                .containsExactly("WARN 'orders' (phase 100) ended 3 s after it was given up");
    }

    @Test
    void progressIsToldEveryFiveSecondsWhileSomethingHangs(CapturedOutput output) {
        ShutdownLog log = new ShutdownLog(this.time);
        AsyncAbortController controller = controllerWith(log);
        controller.phase(100).onAbort("orders", this.hung);
        controller.phase(100).onAbort("stock", event -> null);
        controller.abortAsync();

        this.time.advance(FIVE_SECONDS.minusNanos(1));
        assertThat(lines(output, "still waits")).isEmpty();
        this.time.advance(Duration.ofNanos(1));
        this.time.advance(FIVE_SECONDS);

        assertThat(lines(output, "still waits"))
                .containsExactly(
                        "WARN Phase 100 still waits for 'orders' (5 s)",
                        "WARN Phase 100 still waits for 'orders' (10 s)");
    }

    @Test
    void progressEndsWithThePhase(CapturedOutput output) {
        ShutdownLog log = new ShutdownLog(this.time);
        AsyncAbortController controller = controllerWith(log);
        controller.phase(100).onAbort("orders", this.hung);
        controller.abortAsync();

        this.hung.finish();
        this.time.advance(FIVE_SECONDS);

        assertThat(lines(output, "still waits")).isEmpty();
        assertThat(this.time.pending()).as("timers").isZero();
    }

    @Test
    void progressShowsWhereABlockedCleanupIs(CapturedOutput output) {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        this.app.run(context -> {
            controller(context).phase(100).onAbort("orders", event -> {
                new Printer().print(blocked, release);
                return null;
            });
            Closing closing = Closing.of(context);
            Waits.open(blocked);

            this.time.advance(FIVE_SECONDS);

            release.countDown();
            closing.join();
        });

        assertThat(output)
                .contains("still waits for 'orders'")
                .contains("    at ")
                .contains("Printer.print");
    }

    @Test
    void summaryIsToldOnce(CapturedOutput output) {
        this.app.run(context -> {
            controller(context).phase(100).onAbort("orders", event -> null);
            context.close();
            context.close();
        });

        assertThat(lines(output, "Settled")).hasSize(1);
    }

    @Test
    void callsInFlightAreCountedOnALine(CapturedOutput output) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        this.app.withBean(Courier.class).run(context -> {
            Courier courier = context.getBean(Courier.class);
            courier.deliver(() -> answer);
            CompletableFuture<String> waiting =
                    courier.deliver(() -> CompletableFuture.failedFuture(new IllegalStateException("not yet")));
            Closing closing = Closing.of(context);
            Waits.failure(waiting);
            answer.complete("delivered");
            closing.join();
        });

        assertThat(lines(output, "calls in flight"))
                .containsExactly(
                        "INFO Phase WEB_DRAIN settled in 0 ms: calls in flight (2 in flight: 1 ended, 1 aborted, 0 ms)");
    }

    @Test
    void groupThatTheApplicationAbortsIsNoPhase(CapturedOutput output) {
        this.app.run(context -> {
            AbortGroup group = controller(context).phase(100);
            group.onAbort("orders", event -> null);
            Waits.result(group.abortAsync());
            context.close();
        });

        assertThat(lines(output, "Phase")).isEmpty();
    }

    @Test
    void delayIsTold(CapturedOutput output) {
        this.app.withPropertyValues("settle.shutdown.delay=3s").run(context -> {
            Closing closing = Closing.of(context);
            Waits.until(() -> this.time.pending() == 1);
            this.time.advance(Duration.ofSeconds(3));
            closing.join();
        });

        assertThat(lines(output)).containsExactly("INFO Shutdown begins; still serving for 3 s");
    }

    @Test
    void failedStartHasItsLinesToo(CapturedOutput output) {
        this.app
                .withBean("orders", CleaningBean.class)
                .withBean("broken", BrokenBean.class)
                .run(context -> assertThat(context).hasFailed());

        assertThat(lines(output)).containsExactly("INFO Phase 100 settled in 0 ms: orders (0 ms)");
    }

    private AsyncAbortController controllerWith(ShutdownLog log) {
        return AsyncAbortController.builder()
                .time(this.time)
                .executor(Runnable::run)
                .listener(log)
                .build();
    }

    /** Blocks in a method whose name can be recognised. */
    private static final class Printer {

        void print(CountDownLatch blocked, CountDownLatch release) {
            blocked.countDown();
            Waits.open(release);
        }
    }

    static final class CleaningBean {

        CleaningBean(AsyncAbortController controller) {
            controller.phase(100).onAbort("orders", event -> null);
        }
    }

    static final class BrokenBean {

        BrokenBean() {
            throw new IllegalStateException("broken on purpose");
        }
    }
}
