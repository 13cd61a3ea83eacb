package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.abort.AsyncAbortController;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that still serves for a while, until the load balancer has noticed. */
class ShutdownDelayTests {

    private static final Duration DELAY = Duration.ofSeconds(10);
    private static final Duration NANO = Duration.ofNanos(1);

    private final VirtualTime time = new VirtualTime();
    private final Journal journal = new Journal();
    private final ForeignBean consumer = new ForeignBean("consumer", Integer.MAX_VALUE, this.journal);
    private final ForeignBean server = new ForeignBean("server", AbortPhases.WEB_DRAIN, this.journal);

    private final ApplicationContextRunner app = Apps.virtual(this.time)
            .withPropertyValues("settle.shutdown.delay=10s")
            .withBean(Courier.class)
            .withBean("consumer", ForeignBean.class, () -> this.consumer);

    /** Closes the context, and is back when the delay has begun. */
    private Closing begin(ConfigurableApplicationContext context) {
        Closing closing = Closing.of(context);
        Waits.result(this.consumer.stopping());
        return closing;
    }

    private static CompletableFuture<String> call(ConfigurableApplicationContext context) {
        return context.getBean(Courier.class).deliver(() -> CompletableFuture.completedFuture("delivered"));
    }

    @Test
    void shutdownIsRequestedAtOnce() {
        this.app.run(context -> {
            Closing closing = begin(context);

            assertThat(controller(context).shutdownRequested().aborted()).isTrue();

            this.time.advance(DELAY);
            closing.join();
        });
    }

    @Test
    void nothingSettlesBeforeTheDelayIsOver() {
        HandCleanup first = new HandCleanup();
        this.app.withBean("server", ForeignBean.class, () -> this.server).run(context -> {
            controller(context).phase(Integer.MAX_VALUE).onAbort("first", first);
            Closing closing = begin(context);

            this.time.advance(DELAY.minus(NANO));
            Waits.assertStaysOpen(this.server.stopping());
            assertThat(first.started()).isFalse();
            this.time.advance(NANO);

            first.event();
            assertThat(this.server.stopping()).isNotDone();
            first.finish();
            closing.join();
        });

        assertThat(this.journal.lines()).containsExactly("consumer stops", "server stops");
    }

    @Test
    void callsAreLetInUntilTheDelayIsOver() {
        this.app.run(context -> {
            HandCleanup drained = new HandCleanup();
            controller(context).phase(AbortPhases.WEB_DRAIN - 2).onAbort("drained", drained);
            Closing closing = begin(context);

            assertThat(call(context)).isCompletedWithValue("delivered");
            this.time.advance(DELAY);
            drained.event();

            assertThat(Waits.failure(call(context))).isInstanceOf(CallRejectedException.class);
            drained.finish();
            closing.join();
        });
    }

    @Test
    void callsStillTryAgainUntilTheDelayIsOver() {
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            CompletableFuture<String> call = context.getBean(Courier.class)
                    .deliver(() -> CompletableFuture.failedFuture(new IllegalStateException("nobody at home")));
            Closing closing = begin(context);

            Waits.assertStaysOpen(call);
            this.time.advance(DELAY);

            assertThat(Waits.failure(call)).isInstanceOf(AbortedException.class);
            closing.join();
            assertThat(Reports.entry(controller, CallDrain.IN_FLIGHT).detail())
                    .isEqualTo("1 in flight: 0 ended, 1 aborted");
        });
    }

    @Test
    void springWaitsForADelayThatIsLongerThanAPhase() {
        Apps.plain()
                .withPropertyValues("settle.shutdown.delay=600ms", "spring.lifecycle.timeout-per-shutdown-phase=200ms")
                .withBean(ForeignBean.class, () -> this.server)
                .run(context -> {
                    long start = System.nanoTime();
                    CompletableFuture<Duration> served =
                            this.server.stopping().thenApply(nothing -> Duration.ofNanos(System.nanoTime() - start));

                    context.close();

                    assertThat(served.join()).isGreaterThanOrEqualTo(Duration.ofMillis(600));
                });
    }

    @Test
    void delayIsPartOfTheTotal() {
        this.app.withPropertyValues("settle.shutdown.total-timeout=12s").run(context -> {
            HandCleanup hung = new HandCleanup();
            controller(context).phase(100).onAbort("hung", hung);
            Closing closing = begin(context);

            this.time.advance(DELAY);

            assertThat(hung.event().remaining()).isLessThan(Duration.ofSeconds(2));
            this.time.advance(hung.event().remaining());
            closing.join();
        });
    }
}
