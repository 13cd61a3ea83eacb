package dev.settle.reactive;

import static dev.settle.core.Results.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** A timeout ends the work and the subscription, once, at whatever point they are. */
class StreamTimeoutTests {

    private final VirtualTime time = new VirtualTime();
    private final TestPublisher<String> work = TestPublisher.create();
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<AbortSignal> signals = new ArrayList<>();

    @Test
    void aMonoThatNeverEndsIsCancelled() {
        Catalog.in(this.time, catalog -> {
            Seen<String> seen = Seen.of(catalog.timed(() -> {
                this.signals.add(AbortSignal.current());
                return this.work.mono();
            }));
            this.time.advance(Duration.ofSeconds(5));

            assertThat(seen.signals()).singleElement().isInstanceOf(CallTimeoutException.class);
            this.work.assertCancelled();
            assertThat(this.signals.get(0).reason()).map(AbortReason::kind).contains(AbortReason.Kind.TIMEOUT);
        });
    }

    @Test
    void aStreamIsEndedInTheMiddle() {
        Catalog.in(this.time, catalog -> {
            Seen<String> seen = Seen.of(catalog.timedStream(this.work::flux));
            this.work.next("a");
            this.time.advance(Duration.ofSeconds(4));
            this.work.next("b");
            this.time.advance(Duration.ofSeconds(1));

            assertThat(seen.signals()).hasSize(3).startsWith("a", "b");
            assertThat(seen.failure()).isInstanceOf(CallTimeoutException.class);
            this.work.assertCancelled();
        });
    }

    @Test
    void aStreamThatNobodyAsksAnythingOfIsEndedToo() {
        Catalog.in(this.time, catalog -> {
            Seen<String> seen = Seen.of(catalog.timedStream(this.work::flux), 0);
            this.time.advance(Duration.ofSeconds(5));

            assertThat(seen.failure()).isInstanceOf(CallTimeoutException.class);
        });
    }

    @Test
    void eachAttemptHasItsOwnTime() {
        Catalog.in(this.time, catalog -> {
            Seen<Long> seen = Seen.of(catalog.timedAttempts(() -> {
                this.attempts.incrementAndGet();
                return Flux.never();
            }));
            this.time.advance(Duration.ofSeconds(6));
            assertThat(seen.signals()).isEmpty();
            assertThat(this.attempts).hasValue(2);
            this.time.advance(Duration.ofSeconds(5));

            assertThat(seen.failure()).isInstanceOf(CallTimeoutException.class);
        });
    }

    @Test
    void inAllThereIsOneTimeForAllAttempts() {
        Catalog.in(this.time, catalog -> {
            Seen<Integer> seen = Seen.of(catalog.timedInAll(
                    () -> Flux.just(this.attempts.incrementAndGet()).concatWith(Flux.error(new IOException()))));
            this.time.advance(Duration.ofSeconds(60));

            assertThat(seen.signals()).hasSize(4).startsWith(1, 2, 3);
            assertThat(seen.failure()).isInstanceOf(CallTimeoutException.class);
        });
    }

    @Test
    void aStreamThatKeepsItsThreadIsEndedFromAnother() throws Exception {
        Catalog.in(this.time, catalog -> {
            AtomicReference<Object> last = new AtomicReference<>();
            Thread subscriber = new Thread(() -> catalog.timedStream(() -> Flux.generate(sink -> sink.next("more")))
                    .subscribe(last::set, last::set));
            subscriber.start();
            until(() -> last.get() != null);

            this.time.advance(Duration.ofSeconds(5));
            subscriber.join(30_000);

            assertThat(subscriber.isAlive()).isFalse();
            assertThat(last.get()).isInstanceOf(CallTimeoutException.class);
        });
    }

    @Test
    void aValueThatIsThereInTimeStays() {
        Catalog.in(this.time, catalog -> {
            Seen<String> seen = Seen.of(catalog.timed(() -> Mono.just("a")));
            this.time.advance(Duration.ofSeconds(5));

            assertThat(seen.signals()).containsExactly(Seen.completed("a"));
        });
    }
}
