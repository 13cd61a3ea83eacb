package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncAbortController;
import dev.settle.test.VirtualTime;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The application aborts by itself, and is closed then or meanwhile. */
class HandAbortTests {

    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal();
    private final HandCleanup slow = new HandCleanup();
    private final ForeignBean first = new ForeignBean("first", Integer.MAX_VALUE, this.journal);

    // Virtual time: nothing can end by a limit that nobody moves to.
    private final ApplicationContextRunner app =
            Apps.virtual(this.time).withBean(ForeignBean.class, () -> new ForeignBean("foreign", 70, this.journal));

    @Test
    void nothingRunsAgainWhenTheContextIsClosed() {
        this.app.run(context -> {
            controller(context).phase(100).onAbort("100", this.journal.noting("100"));
            controller(context).phase(50).onAbort("50", this.journal.noting("50"));

            Waits.result(controller(context).abortAsync());
            context.close();
        });

        assertThat(this.journal.lines()).containsExactly("100", "50", "foreign stops");
    }

    @Test
    void firstReasonStays() {
        this.app.run(context -> {
            AbortSignal signal = controller(context).phase(100).signal();

            Waits.result(controller(context).abortAsync(AbortReason.application("enough")));
            context.close();

            assertThat(signal.reason().orElseThrow().kind()).isEqualTo(Kind.APPLICATION);
        });
    }

    @Test
    void closeWaitsForAnAbortThatIsStillGoingOn() {
        this.app.withBean("first", ForeignBean.class, () -> this.first).run(context -> {
            AsyncAbortController controller = controller(context);
            controller.phase(100).onAbort("slow", this.slow);
            controller.phase(50).onAbort("50", this.journal.noting("50"));
            CompletableFuture<AbortReport> settled = controller.abortAsync();
            this.slow.event();
            Closing closing = Closing.of(context);
            Waits.result(this.first.stopping());

            assertThat(closing.closed()).isNotDone();
            assertThat(this.journal.lines()).containsExactly("first stops");
            this.slow.finish();

            closing.join();
            assertThat(Waits.result(settled).settled()).isTrue();
        });

        assertThat(this.journal.lines()).containsExactlyInAnyOrder("first stops", "50", "foreign stops");
    }

    @Test
    void groupAbortedAloneIsNotSettledAgain() {
        this.app.run(context -> {
            controller(context).phase(100).onAbort("100", this.journal.noting("100"));
            controller(context).phase(50).onAbort("50", this.journal.noting("50"));

            Waits.result(controller(context).phase(100).abortAsync());
            assertThat(this.journal.lines()).containsExactly("100");
            context.close();
        });

        assertThat(this.journal.lines()).containsExactly("100", "foreign stops", "50");
    }

    @Test
    void callsAreRefusedAndEndAsInAShutdown() {
        this.app.withBean(Courier.class).run(context -> {
            Courier courier = context.getBean(Courier.class);
            CompletableFuture<String> waiting =
                    courier.deliver(() -> CompletableFuture.failedFuture(new IllegalStateException("not yet")));

            AbortReport report = Waits.result(controller(context).abortAsync(AbortReason.shutdown("enough")));

            assertThat(waiting).isCompletedExceptionally();
            assertThat(courier.deliver(CompletableFuture::new)).isCompletedExceptionally();
            assertThat(report.entries())
                    .extracting(AbortReport.Entry::detail)
                    .contains("1 in flight: 0 ended, 1 aborted");
        });
    }
}
