package dev.settle.reactive;

import static dev.settle.reactive.Seen.completed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Streams flow through the policies: values at once, demand to the source, and the end when it is there. */
class StreamTests {

    private static final int SMALL_STACK = 512 * 1024;

    private final VirtualTime time = new VirtualTime();
    private final TestPublisher<String> work = TestPublisher.create();
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<Long> requests = new ArrayList<>();

    @Test
    void aPermitIsHeldUntilTheStreamCompletes() {
        Catalog.in(this.time, catalog -> {
            Seen<String> first = Seen.of(catalog.limitedStream(this.work::flux));
            Seen<String> second = Seen.of(catalog.limitedStream(() -> Flux.just("z")));

            this.work.next("a").next("b");
            assertThat(first.signals()).containsExactly("a", "b");
            assertThat(second.signals()).isEmpty();

            this.work.complete();
            assertThat(first.signals()).containsExactly(completed("a", "b"));
            assertThat(second.signals()).containsExactly(completed("z"));
        });
    }

    @Test
    void aPermitIsHeldUntilTheStreamFails() {
        Catalog.in(this.time, catalog -> {
            IOException failure = new IOException();
            Seen<String> first = Seen.of(catalog.limitedStream(this.work::flux));
            Seen<String> second = Seen.of(catalog.limitedStream(() -> Flux.just("z")));

            this.work.next("a").error(failure);

            assertThat(first.signals()).containsExactly("a", failure);
            assertThat(second.signals()).containsExactly(completed("z"));
        });
    }

    @Test
    void aPermitIsFreeWhenTheSubscriberHearsOfTheEnd() {
        List<Object> inside = new ArrayList<>();
        Catalog.in(this.time, catalog -> {
            Flux<String> next = catalog.limitedStream(() -> Flux.just("z"));
            Seen.of(catalog.limitedStream(() -> Flux.just("a"))
                    .doOnComplete(() -> inside.addAll(Seen.of(next).signals())));

            assertThat(inside).containsExactly(completed("z"));
        });
    }

    @Test
    void demandReachesTheSource() {
        Catalog.in(this.time, catalog -> {
            Seen<String> seen =
                    Seen.of(catalog.limitedStream(() -> this.work.flux().doOnRequest(this.requests::add)), 2);
            seen.request(3);

            assertThat(this.requests).containsExactly(2L, 3L);
            this.work.assertMinRequested(5);
            seen.cancel();
        });
    }

    @Test
    void aSourceThatCanBePacedIsNeverOverrun() {
        Catalog.in(this.time, catalog -> {
            AtomicInteger produced = new AtomicInteger();
            Flux<Integer> returned =
                    catalog.retriedStream(() -> Flux.<Integer>generate(sink -> sink.next(produced.incrementAndGet())));

            Seen<Integer> seen = Seen.of(returned, 1);
            assertThat(produced).hasValue(1);
            seen.request(1);
            assertThat(produced).hasValue(2);

            seen.cancel();
            assertThat(seen.signals()).containsExactly(1, 2);
        });
    }

    @Test
    void whatWasAskedForAndNotGivenIsAskedOfTheNextAttempt() {
        Catalog.in(this.time, catalog -> {
            Flux<Integer> returned = catalog.retriedStream(() -> {
                this.attempts.incrementAndGet();
                return Flux.concat(Flux.range(this.attempts.get() * 10, 2), Flux.error(new IOException()))
                        .doOnRequest(this.requests::add);
            });

            Seen<Integer> seen = Seen.of(returned, 3);
            assertThat(seen.signals()).containsExactly(10, 11);
            this.time.advance(Duration.ofSeconds(1));
            assertThat(seen.signals()).containsExactly(10, 11, 20);
            this.time.advance(Duration.ofSeconds(9));
            assertThat(seen.signals()).containsExactly(10, 11, 20);
            assertThat(this.requests).containsExactly(3L, 1L);

            seen.request(1);
            assertThat(seen.signals()).containsExactly(10, 11, 20, 21);
            seen.cancel();
        });
    }

    @Test
    void demandBetweenTwoAttemptsIsForTheNext() {
        Catalog.in(this.time, catalog -> {
            Flux<Integer> returned = catalog.retriedStream(() -> this.attempts.incrementAndGet() == 1
                    ? Flux.error(new IOException())
                    : Flux.range(1, 9).doOnRequest(this.requests::add));

            Seen<Integer> seen = Seen.of(returned, 1);
            seen.request(2);
            this.time.advance(Duration.ofSeconds(1));

            assertThat(seen.signals()).containsExactly(1, 2, 3);
            assertThat(this.requests).containsExactly(3L);
            seen.cancel();
        });
    }

    @Test
    void valuesBeforeAFailureStayAndThoseOfTheNextAttemptFollow() {
        Catalog.in(this.time, catalog -> {
            Seen<Integer> seen = Seen.of(catalog.retriedStream(() -> this.attempts.incrementAndGet() == 1
                    ? Flux.concat(Flux.just(1, 2), Flux.error(new IOException()))
                    : Flux.just(1, 2, 3)));
            this.time.advance(Duration.ofSeconds(1));

            assertThat(seen.signals()).containsExactly(completed(1, 2, 1, 2, 3));
        });
    }

    @Test
    void noValueOfAnEarlierAttemptComesWhenALaterOneHasBegun() {
        List<TestPublisher<String>> works = List.of(
                TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE), TestPublisher.create());
        Catalog.in(this.time, catalog -> {
            Seen<String> seen = Seen.of(catalog.timedAttempts(
                    () -> works.get(this.attempts.getAndIncrement()).flux()));
            works.get(0).next("a");
            this.time.advance(Duration.ofSeconds(6));
            works.get(0).assertCancelled();
            works.get(0).next("late");
            works.get(1).next("b").complete();

            assertThat(seen.signals()).containsExactly(completed("a", "b"));
        });
    }

    @Test
    void aMillionValuesAndARetryNeedLittleStack() throws Exception {
        CompletableFuture<Long> sum = new CompletableFuture<>();
        Catalog.in(this.time, catalog -> {
            Flux<Integer> returned = catalog.retriedStream(() -> Flux.range(0, 1_000_000)
                    .concatWith(this.attempts.incrementAndGet() == 1 ? Flux.error(new IOException()) : Flux.empty()));
            Thread thread = new Thread(
                    null,
                    () -> {
                        returned.count().subscribe(sum::complete, sum::completeExceptionally);
                        this.time.advance(Duration.ofSeconds(1));
                    },
                    "small",
                    SMALL_STACK);
            thread.start();

            assertThat(Results.await(sum)).isEqualTo(2_000_000);
            thread.join();
        });
    }

    @Test
    void aMillionValuesAskedForOneByOneNeedLittleStack() throws Exception {
        CompletableFuture<Long> count = new CompletableFuture<>();
        Catalog.in(this.time, catalog -> {
            Flux<Integer> returned = catalog.retriedStream(() -> Flux.range(0, 1_000_000));
            Thread thread = new Thread(
                    null,
                    () -> returned.limitRate(1).count().subscribe(count::complete, count::completeExceptionally),
                    "small",
                    SMALL_STACK);
            thread.start();

            assertThat(Results.await(count)).isEqualTo(1_000_000);
            thread.join();
        });
    }

    @Test
    void aSubscriberThatAsksForOneAtATimeGetsAll() {
        Catalog.in(
                this.time,
                catalog -> StepVerifier.create(catalog.limitedStream(() -> Flux.range(1, 3)), 0)
                        .expectSubscription()
                        .thenRequest(1)
                        .expectNext(1)
                        .thenRequest(1)
                        .expectNext(2)
                        .thenRequest(1)
                        .expectNext(3)
                        .verifyComplete());
    }

    @Test
    void anEmptyStreamEndsWithoutDemand() {
        Catalog.in(this.time, catalog -> {
            Seen<Integer> seen = Seen.of(catalog.limitedStream(Flux::empty), 0);

            assertThat(seen.signals()).containsExactly(completed());
        });
    }
}
