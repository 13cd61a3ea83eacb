package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortReason.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** What becomes of subscriptions when the application shuts down: each hears of one end. */
class SubscriptionDrainTests {

    private static final Duration GRACE = Duration.ofSeconds(29);

    private final WatchedTime time = new WatchedTime();
    private final ApplicationContextRunner app = Apps.virtual(this.time).withBean(Ferry.class);
    private final TestPublisher<String> work = TestPublisher.create();

    /** Holds the shutdown at its beginning. */
    private final HandCleanup begun = new HandCleanup();

    private Closing begin(ConfigurableApplicationContext context) {
        controller(context).phase(Integer.MAX_VALUE).onAbort("begun", this.begun);
        Closing closing = Closing.of(context);
        this.begun.event();
        return closing;
    }

    /** Values, then the failure or "end". */
    private static List<Object> subscribe(Publisher<String> publisher) {
        List<Object> signals = new CopyOnWriteArrayList<>();
        Flux.from(publisher).subscribe(signals::add, signals::add, () -> signals.add("end"));
        return signals;
    }

    private static void assertAborted(List<Object> signals) {
        Waits.until(() -> signals.size() > 0);
        assertThat(signals)
                .singleElement()
                .isInstanceOfSatisfying(
                        AbortedException.class,
                        aborted -> assertThat(aborted.reason().kind()).isEqualTo(Kind.SHUTDOWN));
    }

    private static void assertClosed(List<Object> signals) {
        Waits.until(() -> signals.size() > 0);
        assertThat(signals)
                .singleElement()
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.CLOSED));
    }

    @Test
    void whatRunsMayEndAndWhatWaitsIsRefused() {
        this.app.run(context -> {
            Ferry ferry = context.getBean(Ferry.class);
            List<Object> running = subscribe(ferry.carry(this.work::mono));
            List<Object> waiting = subscribe(ferry.carry(() -> Mono.just("b")));
            Closing closing = begin(context);

            assertClosed(waiting);
            this.work.emit("a");
            this.begun.finish();
            closing.join();

            assertThat(running).containsExactly("a", "end");
            assertThat(waiting).hasSize(1);
        });
    }

    @Test
    void aStreamThatRunsMayEndAndOneThatWaitsIsRefused() {
        this.app.run(context -> {
            Ferry ferry = context.getBean(Ferry.class);
            List<Object> running = subscribe(ferry.carryAll(this.work::flux));
            this.work.next("a");
            List<Object> waiting = subscribe(ferry.carryAll(() -> Flux.just("b")));
            Closing closing = begin(context);

            assertClosed(waiting);
            this.work.next("b").complete();
            this.begun.finish();
            closing.join();

            assertThat(running).containsExactly("a", "b", "end");
            assertThat(waiting).hasSize(1);
        });
    }

    @Test
    void whatStillRunsAtTheEndOfTheGraceIsAborted() {
        TestPublisher<String> stream = TestPublisher.create();
        this.app.run(context -> {
            Ferry ferry = context.getBean(Ferry.class);
            List<Object> one = subscribe(ferry.carry(this.work::mono));
            List<Object> many = subscribe(ferry.carryAll(stream::flux));
            Closing closing = Closing.of(context);
            this.time.advanceWhenArmed(GRACE);
            closing.join();

            assertAborted(one);
            assertAborted(many);
            this.work.assertCancelled();
            stream.assertCancelled();
        });
    }

    @Test
    void aRetryNoLongerWaits() {
        this.app.run(context -> {
            List<Object> seen = subscribe(
                    context.getBean(Ferry.class).insist(() -> Mono.error(new IllegalStateException("nobody"))));
            Closing closing = begin(context);

            assertAborted(seen);
            this.begun.finish();
            closing.join();
            assertThat(seen).hasSize(1);
        });
    }

    @Test
    void aDebouncedCallIsRun() {
        this.app.run(context -> {
            List<Object> seen = subscribe(context.getBean(Ferry.class).gather(() -> Mono.just("a")));
            assertThat(seen).isEmpty();

            context.close();

            Waits.until(() -> seen.size() == 2);
            assertThat(seen).containsExactly("a", "end");
        });
    }

    @Test
    void aLaterSubscriptionIsRefused() {
        this.app.run(context -> {
            Mono<String> returned = context.getBean(Ferry.class).carry(() -> Mono.just("a"));

            context.close();

            assertClosed(subscribe(returned));
        });
    }
}
