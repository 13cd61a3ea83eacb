package dev.settle.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** An event loop is never interrupted: the connection that it works on is not of the call alone. */
class EventLoopInterruptTests {

    private final VirtualTime time = new VirtualTime();
    private final ApplicationContextRunner app =
            Startup.runner(this.time).withBean("prices", Prices.class, () -> new Prices());
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

    class Prices {

        @Timeout("1s")
        public Mono<String> find(AbortSignal signal) {
            // Told after the attempt, which has interrupted its thread by then if it ever does.
            AtomicBoolean told = new AtomicBoolean();
            signal.onAbort(reason -> told.set(true));
            EventLoopInterruptTests.this.inside.countDown();
            while (!told.get()) {
                Thread.onSpinWait();
            }
            EventLoopInterruptTests.this.interrupted.complete(
                    Thread.currentThread().isInterrupted());
            return Mono.empty();
        }
    }

    private boolean interruptedOn(Scheduler scheduler) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        this.app.run(context -> {
            context.getBean(Prices.class).find(null).subscribeOn(scheduler).subscribe(value -> {}, failure::complete);
            assertThat(this.inside.await(30, TimeUnit.SECONDS)).isTrue();
            this.time.advance(Duration.ofSeconds(1));
            assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(CallTimeoutException.class);
        });
        return this.interrupted.join();
    }

    @Test
    void aTimeoutWhileAMethodRunsOnOneDoesNotInterruptIt() {
        assertThat(interruptedOn(Schedulers.parallel())).isFalse();
    }

    @Test
    void aThreadThatMayBlockIsInterrupted() {
        assertThat(interruptedOn(Schedulers.boundedElastic())).isTrue();
    }
}
