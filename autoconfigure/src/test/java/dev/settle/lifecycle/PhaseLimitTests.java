package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReport.Outcome;
import dev.settle.abort.AsyncAbortController;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.support.DefaultLifecycleProcessor;

/** How long a phase may take. */
class PhaseLimitTests {

    private static final Duration NANO = Duration.ofNanos(1);

    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal();
    private final HandCleanup hung = new HandCleanup();
    private final HandCleanup next = new HandCleanup();

    /** Closes an application in whose phase 100 something hangs, and looks when its next phase begins. */
    private void assertHangsFor(Duration limit, ApplicationContextRunner app) {
        app.run(context -> {
            AsyncAbortController controller = controller(context);
            controller.phase(100).onAbort("hung", this.hung);
            controller.phase(50).onAbort("next", this.next);
            Closing closing = Closing.of(context);
            this.hung.event();

            this.time.advance(limit.minus(NANO));
            assertThat(this.next.started()).as("just before " + limit).isFalse();
            this.time.advance(NANO);
            this.next.event();

            this.next.finish();
            closing.join();
            assertThat(Reports.outcome(controller, "hung")).isEqualTo(Outcome.TIMED_OUT);
            assertThat(Reports.entry(controller, "hung").elapsed()).isEqualTo(limit);
            assertThat(Reports.outcome(controller, "next")).isEqualTo(Outcome.COMPLETED);
        });
    }

    @Test
    void hungCleanupDelaysItsPhaseOnlyToALittleLessThanSpringWaits() {
        assertHangsFor(Duration.ofMillis(29_500), Apps.virtual(this.time));
    }

    @Test
    void shortTimeoutOfSpringsIsUndercutByATenth() {
        assertHangsFor(
                Duration.ofMillis(3_600),
                Apps.virtual(this.time).withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=4s"));
    }

    @Test
    void phaseMayHaveLessTimeThanTheOthers() {
        assertHangsFor(
                Duration.ofSeconds(2),
                Apps.virtual(this.time).withPropertyValues("settle.shutdown.phase-timeouts.100=2s"));
    }

    @Test
    void phaseMayHaveMoreTimeThanTheOthers() {
        assertHangsFor(
                Duration.ofSeconds(40),
                Apps.virtual(this.time).withPropertyValues("settle.shutdown.phase-timeouts.100=40s"));
    }

    @Test
    void negativePhaseMayHaveATimeToo() {
        Apps.virtual(this.time)
                .withPropertyValues("settle.shutdown.phase-timeouts[-5]=2s")
                .run(context -> {
                    AsyncAbortController controller = controller(context);
                    controller.phase(-5).onAbort("hung", this.hung);
                    Closing closing = Closing.of(context);
                    this.hung.event();

                    this.time.advance(Duration.ofSeconds(2));

                    closing.join();
                    assertThat(Reports.outcome(controller, "hung")).isEqualTo(Outcome.TIMED_OUT);
                });
    }

    @Test
    void negativePhaseThatWouldLoseItsSignIsRefused() {
        Apps.plain()
                .withPropertyValues("settle.shutdown.phase-timeouts.-5=2s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("settle.shutdown.phase-timeouts.-5")
                        .hasMessageContaining("settle.shutdown.phase-timeouts[-5]"));
    }

    @Test
    void lowerPhasesTakeNothingFromALimit() {
        Apps.virtual(this.time)
                .withPropertyValues("settle.shutdown.phase-timeouts.100=10s")
                .run(context -> {
                    AsyncAbortController controller = controller(context);
                    for (int phase = 0; phase < 20; phase++) {
                        controller.phase(phase).onAbort("lower", event -> null);
                    }
                    controller.phase(100).onAbort("hung", this.hung);
                    Closing closing = Closing.of(context);
                    this.hung.event();

                    this.time.advance(Duration.ofSeconds(10));

                    closing.join();
                    assertThat(Reports.entry(controller, "hung").elapsed()).isEqualTo(Duration.ofSeconds(10));
                });
    }

    @Test
    void cleanupKnowsHowMuchTimeItHas() {
        Apps.virtual(this.time).run(context -> {
            controller(context).phase(100).onAbort("hung", this.hung);
            Closing closing = Closing.of(context);

            assertThat(this.hung.event().remaining()).isEqualTo(Duration.ofMillis(29_500));

            this.hung.finish();
            closing.join();
        });
    }

    @Test
    void springWaitsForAPhaseWithMoreTimeAndNotForTheOthers() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        Apps.plain()
                .withPropertyValues(
                        "spring.lifecycle.timeout-per-shutdown-phase=200ms", "settle.shutdown.phase-timeouts.100=20s")
                .withBean("slow", ForeignBean.class, () -> new ForeignBean("slow", 50, this.journal, never))
                .withBean("last", ForeignBean.class, () -> new ForeignBean("last", 10, this.journal))
                .run(context -> {
                    AsyncAbortController controller = controller(context);
                    controller
                            .phase(100)
                            .onAbort(
                                    "long",
                                    event -> CompletableFuture.runAsync(
                                            () -> this.journal.note("long ends"),
                                            CompletableFuture.delayedExecutor(600, TimeUnit.MILLISECONDS)));

                    Closing.of(context).join();

                    assertThat(Reports.outcome(controller, "long")).isEqualTo(Outcome.COMPLETED);
                });

        assertThat(this.journal.lines()).containsExactly("long ends", "slow stops", "last stops");
    }

    @Test
    void springsProcessorIsLeftAloneWhenThereIsNothingToSet() {
        RecordingProcessor processor = new RecordingProcessor();

        Apps.plain()
                .withBean("lifecycleProcessor", DefaultLifecycleProcessor.class, () -> processor)
                .run(context -> {
                    controller(context).phase(100).onAbort("cleanup", event -> null);
                    context.close();
                });

        assertThat(processor.timeouts).isEmpty();
    }

    @Test
    void springsProcessorIsToldOfAPhaseWithMoreTimeAndThenOfTheUsualTime() {
        RecordingProcessor processor = new RecordingProcessor();

        Apps.plain()
                .withPropertyValues("settle.shutdown.phase-timeouts.100=40s")
                .withBean("lifecycleProcessor", DefaultLifecycleProcessor.class, () -> processor)
                .run(context -> {
                    controller(context).phase(100).onAbort("cleanup", event -> null);
                    context.close();
                });

        assertThat(processor.timeouts).containsExactly(40_500L, 30_000L);
    }

    /** A processor that the application brings. */
    private static final class RecordingProcessor extends DefaultLifecycleProcessor {

        private final List<Long> timeouts = new ArrayList<>();

        @Override
        public void setTimeoutPerShutdownPhase(long timeout) {
            this.timeouts.add(timeout);
            super.setTimeoutPerShutdownPhase(timeout);
        }
    }
}
