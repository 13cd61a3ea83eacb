package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReport.Outcome;
import dev.settle.abort.AsyncAbortController;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Spring waits for no phase any more when the closing thread is interrupted; Settle's order holds all the same. */
class InterruptedCloseTests {

    private final Journal journal = new Journal();

    @Test
    void cleanupsKeepTheirOrderAndCloseReturnsAfterTheLast() {
        HandCleanup first = new HandCleanup();
        Apps.plain().run(context -> {
            AsyncAbortController controller = controller(context);
            controller.phase(Integer.MAX_VALUE).onAbort("first", first);
            controller.phase(100).onAbort("100", this.journal.taking("100"));
            controller.phase(-5).onAbort("-5", this.journal.taking("-5"));
            Closing closing = Closing.of(context);
            first.event();

            closing.interrupt();
            this.journal.note("first ends");
            first.finish();
            closing.join();

            assertThat(controller.report().settled()).isTrue();
            assertThat(controller.report().failures()).isEmpty();
        });

        assertThat(this.journal.lines())
                .containsExactly("first ends", "100 begins", "100 ends", "-5 begins", "-5 ends");
    }

    @Test
    void closingThreadStaysInterrupted() {
        HandCleanup cleanup = new HandCleanup();
        Apps.plain().run(context -> {
            controller(context).phase(100).onAbort("cleanup", cleanup);
            Closing closing = Closing.of(context);
            cleanup.event();

            closing.interrupt();
            cleanup.finish();

            assertThat(Waits.result(closing.interrupted())).isTrue();
        });
    }

    @Test
    void everyPhaseStillHasItsWholeTime() {
        VirtualTime time = new VirtualTime();
        HandCleanup first = new HandCleanup();
        HandCleanup second = new HandCleanup();
        ForeignBean last = new ForeignBean("last", Integer.MIN_VALUE, this.journal);
        Apps.virtual(time)
                .withBean(ForeignBean.class, () -> last)
                .withPropertyValues("settle.shutdown.phase-timeouts.100=20s", "settle.shutdown.phase-timeouts.50=2s")
                .run(context -> {
                    AsyncAbortController controller = controller(context);
                    controller.phase(100).onAbort("first", first);
                    controller.phase(50).onAbort("second", second);
                    Closing closing = Closing.of(context);
                    first.event();
                    closing.interrupt();

                    // Spring has gone through all phases.
                    Waits.result(last.stopping());
                    time.advance(Duration.ofSeconds(19));
                    first.finish();
                    second.event();
                    time.advance(Duration.ofMillis(1_900));
                    second.finish();

                    closing.join();
                    assertThat(Reports.outcome(controller, "first")).isEqualTo(Outcome.COMPLETED);
                    assertThat(Reports.outcome(controller, "second")).isEqualTo(Outcome.COMPLETED);
                });
    }
}
