package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.abort.AsyncAbortController;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A total that holds for the whole shutdown, whatever hangs. */
@ExtendWith(OutputCaptureExtension.class)
class TotalTimeoutTests {

    private static final Duration TOTAL = Duration.ofSeconds(12);

    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal();

    /** What Spring does, phase by phase, on virtual time. */
    private Duration close(ShutdownDriver driver, int... phases) {
        long start = this.time.nanoTime();
        for (int phase : phases) {
            CompletableFuture<?> settled = driver.settle(phase);
            while (!settled.isDone()) {
                this.time.advance(Duration.ofMillis(1));
            }
        }
        return Duration.ofNanos(this.time.nanoTime() - start);
    }

    private AsyncAbortController virtual() {
        return AsyncAbortController.builder()
                .time(this.time)
                .executor(Runnable::run)
                .phaseLimit(Duration.ofSeconds(30))
                .build();
    }

    private ShutdownDriver driver(AsyncAbortController controller, Integer... foreign) {
        ShutdownSettings settings = new ShutdownSettings(Duration.ZERO, TOTAL, Duration.ofSeconds(10), Map.of(), false);
        return new ShutdownDriver(
                controller,
                new CallDrain(controller, this.time),
                new ShutdownLog(this.time),
                Recorders.none(this.time),
                settings,
                this.time,
                null,
                Set.of(foreign));
    }

    @Test
    void threeHungPhasesShareTheTotal() {
        AsyncAbortController controller = virtual();
        for (int phase : new int[] {300, 200, 100}) {
            controller.phase(phase).onAbort("hung in " + phase, new HandCleanup());
        }

        Duration took = close(driver(controller), 300, 200, 100, Integer.MIN_VALUE);

        assertThat(took).isBetween(Duration.ofSeconds(9), TOTAL);
        assertThat(controller.report().failures())
                .extracting(AbortReport.Entry::name)
                .containsExactly("hung in 300", "hung in 200", "hung in 100");
    }

    @Test
    void hungPhaseLeavesSomethingToTheLaterOnes() {
        AsyncAbortController controller = virtual();
        HandCleanup late = new HandCleanup();
        for (int phase : new int[] {300, 200, 100}) {
            controller.phase(phase).onAbort("hung in " + phase, new HandCleanup());
        }
        controller.phase(50).onAbort("late", late);

        ShutdownDriver driver = driver(controller);
        close(driver, 300, 200, 100);
        driver.settle(50);

        assertThat(late.event().remaining()).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void phasesOfForeignBeansAreLeftSomethingToo() {
        AsyncAbortController controller = virtual();
        controller.phase(300).onAbort("hung", new HandCleanup());

        Duration alone = close(driver(controller), 300);

        AsyncAbortController other = virtual();
        other.phase(300).onAbort("hung", new HandCleanup());
        Duration among = close(driver(other, 250, 240, 230), 300);
        assertThat(among).isLessThan(alone.minusSeconds(1));
    }

    @Test
    void phaseThatDoesNotHangCostsNothing() {
        AsyncAbortController controller = virtual();
        controller.phase(300).onAbort("quick", event -> null);

        assertThat(close(driver(controller), 300, Integer.MIN_VALUE)).isZero();
    }

    @Test
    void applicationWithThreeHungPhasesClosesInTime() {
        Apps.plain()
                .withPropertyValues(
                        "spring.lifecycle.timeout-per-shutdown-phase=1500ms", "settle.shutdown.total-timeout=2s")
                .run(context -> {
                    AsyncAbortController controller = controller(context);
                    for (int phase : new int[] {300, 200, 100}) {
                        controller.phase(phase).onAbort("hung in " + phase, event -> new CompletableFuture<>());
                    }
                    controller.phase(-5).onAbort("last", this.journal.taking("last"));

                    long start = System.nanoTime();
                    context.close();
                    Duration took = Duration.ofNanos(System.nanoTime() - start);

                    assertThat(took).isLessThan(Duration.ofMillis(3_200));
                    assertThat(controller.report().failures())
                            .extracting(AbortReport.Entry::name)
                            .containsExactly("hung in 300", "hung in 200", "hung in 100");
                    assertThat(Reports.outcome(controller, "last")).isEqualTo(Outcome.COMPLETED);
                });
    }

    @Test
    void foreignBeansThatHangAreGivenUpInTimeToo() {
        ApplicationContextRunner app = Apps.plain()
                .withPropertyValues(
                        "spring.lifecycle.timeout-per-shutdown-phase=1500ms", "settle.shutdown.total-timeout=2s");
        for (int phase : new int[] {299, 199, 99}) {
            String name = "foreign in " + phase;
            app = app.withBean(
                    name,
                    ForeignBean.class,
                    () -> new ForeignBean(name, phase, this.journal, new CompletableFuture<>()));
        }
        app.run(context -> {
            AsyncAbortController controller = controller(context);
            for (int phase : new int[] {300, 200, 100}) {
                controller.phase(phase).onAbort("hung in " + phase, event -> new CompletableFuture<>());
            }

            long start = System.nanoTime();
            context.close();
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            assertThat(took).isLessThan(Duration.ofMillis(3_200));
            assertThat(this.journal.lines())
                    .containsExactly("foreign in 299 stops", "foreign in 199 stops", "foreign in 99 stops");
        });
    }

    @Test
    void startWarnsWhenThePhasesMayTakeLongerThanTheTotal(CapturedOutput output) {
        Apps.plain()
                .withPropertyValues("settle.shutdown.total-timeout=25s")
                .run(context -> assertThat(output)
                        .contains("WARN")
                        .contains("more than settle.shutdown.total-timeout of 25000 ms"));
    }

    @Test
    void warningCountsThePhasesOfForeignBeans(CapturedOutput output) {
        ApplicationContextRunner app = Apps.plain()
                .withPropertyValues(
                        "spring.lifecycle.timeout-per-shutdown-phase=1s", "settle.shutdown.total-timeout=4500ms");
        app.run(context -> assertThat(output).doesNotContain("total-timeout"));

        app.withBean("one", ForeignBean.class, () -> new ForeignBean("one", 7, this.journal))
                .withBean("other", ForeignBean.class, () -> new ForeignBean("other", 8, this.journal))
                .run(context -> assertThat(output)
                        .contains("The 5 phases of shutdown may take 5000 ms in all")
                        .contains("more than settle.shutdown.total-timeout of 4500 ms"));
    }

    @Test
    void startDoesNotWarnWhenTheTotalIsEnough(CapturedOutput output) {
        Apps.plain()
                .withPropertyValues("settle.shutdown.total-timeout=10m")
                .run(context -> assertThat(output).doesNotContain("total-timeout"));
    }

    @Test
    void startDoesNotWarnWithoutATotal(CapturedOutput output) {
        Apps.plain().run(context -> assertThat(output).doesNotContain("total-timeout"));
    }
}
