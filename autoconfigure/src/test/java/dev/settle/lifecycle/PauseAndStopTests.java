package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.abort.AsyncAbortController;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Only closing aborts: a context that is paused or stopped goes on later. */
class PauseAndStopTests {

    private final ApplicationContextRunner app = Apps.plain().withBean(Courier.class);
    private final ApplicationContextRunner draining = this.app.withPropertyValues("settle.shutdown.drain-on-stop=true");
    private final Journal journal = new Journal();

    private static CompletableFuture<String> call(ConfigurableApplicationContext context) {
        return context.getBean(Courier.class).deliver(() -> CompletableFuture.completedFuture("delivered"));
    }

    private static void assertRefuses(ConfigurableApplicationContext context) {
        assertThat(Waits.failure(call(context)))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(CallRejectedException.Reason.CLOSED));
    }

    static Stream<Named<Consumer<ConfigurableApplicationContext>>> breaks() {
        return Stream.of(
                Named.of("pause and restart", context -> {
                    context.pause();
                    context.restart();
                }),
                Named.of("stop and start", context -> {
                    context.stop();
                    context.start();
                }));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void nothingIsAbortedUntilTheContextIsClosed(Consumer<ConfigurableApplicationContext> takeABreak) {
        for (ApplicationContextRunner runner : new ApplicationContextRunner[] {this.app, this.draining}) {
            Journal settled = new Journal();
            runner.run(context -> {
                AsyncAbortController controller = controller(context);
                controller.phase(100).onAbort("cleanup", settled.noting("cleanup"));

                takeABreak.accept(context);
                takeABreak.accept(context);

                assertThat(settled.lines()).isEmpty();
                assertThat(controller.shutdownRequested().aborted()).isFalse();
                assertThat(controller.phase(100).signal().aborted()).isFalse();
                assertThat(call(context)).isCompletedWithValue("delivered");

                context.close();
                assertThat(settled.lines()).containsExactly("cleanup");
            });
        }
    }

    @Test
    void pausedContextTakesCalls() {
        this.draining.run(context -> {
            context.pause();

            assertThat(call(context)).isCompletedWithValue("delivered");
        });
    }

    @Test
    void stoppedContextTakesCalls() {
        this.app.run(context -> {
            context.stop();

            assertThat(call(context)).isCompletedWithValue("delivered");
        });
    }

    @Test
    void stoppedContextRefusesCallsIfItIsToDrain() {
        this.draining.run(context -> {
            context.stop();

            assertRefuses(context);
        });
    }

    @Test
    void drainedContextTakesCallsAgainWhenItIsStarted() {
        this.draining.run(context -> {
            context.stop();
            context.start();
            assertThat(call(context)).isCompletedWithValue("delivered");

            context.stop();
            assertRefuses(context);
        });
    }

    @Test
    void stopWaitsForTheCallsInFlight() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        this.draining
                .withBean(ForeignBean.class, () -> new ForeignBean("lower", 100, this.journal))
                .run(context -> {
                    CompletableFuture<String> call =
                            context.getBean(Courier.class).deliver(() -> answer);
                    call.thenRun(() -> this.journal.note("call ends"));
                    CompletableFuture<Void> stopped = CompletableFuture.runAsync(context::stop);
                    while (!controller(context).inFlight().closed()) {
                        Thread.onSpinWait();
                    }

                    answer.complete("delivered");

                    Waits.result(stopped);
                    assertThat(call).isCompletedWithValue("delivered");
                });

        assertThat(this.journal.lines()).containsExactly("call ends", "lower stops");
    }

    @Test
    void beansMayMakeCallsWhenTheyStartAgain() {
        this.draining
                .withBean(Journal.class, () -> this.journal)
                .withBean(CallsOnStart.class)
                .run(context -> {
                    context.stop();
                    context.start();
                });

        assertThat(this.journal.lines()).containsExactly("delivered", "delivered");
    }

    @Test
    void drainOfTheApplicationsOwnIsNotCalledOff() {
        this.draining.withBean(Draining.class).run(PauseAndStopTests::assertRefuses);
    }

    @Test
    void stoppedContextSettlesWhenItIsClosed() {
        for (ApplicationContextRunner runner : new ApplicationContextRunner[] {this.app, this.draining}) {
            Journal settled = new Journal();
            runner.run(context -> {
                controller(context).phase(100).onAbort("cleanup", settled.noting("cleanup"));

                context.stop();
                context.close();
            });
            assertThat(settled.lines()).containsExactly("cleanup");
        }
    }

    /** Refuses calls from before the application is up, as while it warms up. */
    static final class Draining {

        Draining(AsyncAbortController controller) {
            controller.drainAsync();
        }
    }

    /** As a consumer that fetches its settings. */
    static final class CallsOnStart implements SmartLifecycle {

        private final Courier courier;
        private final Journal journal;
        private volatile boolean running;

        CallsOnStart(Courier courier, Journal journal) {
            this.courier = courier;
            this.journal = journal;
        }

        @Override
        public void start() {
            this.journal.note(Waits.result(this.courier.deliver(() -> CompletableFuture.completedFuture("delivered"))));
            this.running = true;
        }

        @Override
        public void stop() {
            this.running = false;
        }

        @Override
        public boolean isRunning() {
            return this.running;
        }

        @Override
        public int getPhase() {
            return 0;
        }
    }
}
