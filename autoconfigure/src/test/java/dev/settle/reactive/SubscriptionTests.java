package dev.settle.reactive;

import static dev.settle.reactive.Seen.completed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** Each subscription is a call, and nothing else is. */
class SubscriptionTests {

    private final VirtualTime time = new VirtualTime();
    private final AtomicInteger calls = new AtomicInteger();

    private Mono<Integer> counted() {
        return Mono.just(this.calls.incrementAndGet());
    }

    @Test
    void theMethodOfAMonoIsNotCalledBeforeSubscription() {
        Catalog.in(this.time, catalog -> {
            Mono<Integer> returned = catalog.limited(this::counted);
            assertThat(this.calls).hasValue(0);

            assertThat(Seen.of(returned).signals()).containsExactly(completed(1));
        });
    }

    @Test
    void theMethodOfAFluxIsNotCalledBeforeSubscription() {
        Catalog.in(this.time, catalog -> {
            Flux<Integer> returned =
                    catalog.limitedStream(() -> counted().flux().concatWithValues(7));
            assertThat(this.calls).hasValue(0);

            assertThat(Seen.of(returned).signals()).containsExactly(completed(1, 7));
        });
    }

    @Test
    void aDebouncedCallIsNotMadeBeforeSubscription() {
        Catalog.in(this.time, catalog -> {
            catalog.debounced(this::counted);

            assertThat(this.time.pending()).isZero();
        });
    }

    @Test
    void anotherSubscriptionIsAnotherCallUnderASignalOfItsOwn() {
        List<AbortSignal> signals = new ArrayList<>();
        Catalog.in(this.time, catalog -> {
            Mono<Integer> returned = catalog.limited(() -> {
                signals.add(AbortSignal.current());
                return counted();
            });

            assertThat(Seen.of(returned).signals()).containsExactly(completed(1));
            assertThat(Seen.of(returned).signals()).containsExactly(completed(2));
            assertThat(signals).hasSize(2).doesNotHaveDuplicates().doesNotContain(AbortSignal.never());
        });
    }

    @Test
    void twoSubscribersOfOneMonoAreTwoCallsInLine() {
        List<TestPublisher<String>> works = List.of(TestPublisher.create(), TestPublisher.create());
        Catalog.in(this.time, catalog -> {
            Mono<String> returned = catalog.limited(
                    () -> works.get(this.calls.getAndIncrement()).mono());
            Seen<String> first = Seen.of(returned);
            Seen<String> second = Seen.of(returned);
            assertThat(this.calls).hasValue(1);

            works.get(0).emit("a");
            assertThat(first.signals()).containsExactly(completed("a"));
            assertThat(this.calls).hasValue(2);
            works.get(1).emit("b");
            assertThat(second.signals()).containsExactly(completed("b"));
        });
    }

    @Test
    void aRetryOfTheSubscribersOwnMakesNewCalls() {
        Catalog.in(this.time, catalog -> {
            Mono<Integer> returned = catalog.limited(
                    () -> this.calls.incrementAndGet() < 3 ? Mono.error(new IOException()) : Mono.just(7));

            assertThat(Seen.of(returned.retry(2)).signals()).containsExactly(completed(7));
            assertThat(this.calls).hasValue(3);
        });
    }

    @Test
    void aRepeatOfTheSubscribersOwnMakesNewCalls() {
        Catalog.in(this.time, catalog -> {
            Flux<Integer> returned = catalog.limitedStream(() -> counted().flux());

            assertThat(Seen.of(returned.repeat(2)).signals()).containsExactly(completed(1, 2, 3));
        });
    }

    @Test
    void eachAttemptCallsTheMethod() {
        Catalog.in(this.time, catalog -> {
            Seen<Integer> seen = Seen.of(catalog.retried(
                    () -> this.calls.incrementAndGet() < 3 ? Mono.error(new IOException()) : Mono.just(7)));
            this.time.advance(Duration.ofSeconds(2));

            assertThat(seen.signals()).containsExactly(completed(7));
            assertThat(this.calls).hasValue(3);
        });
    }

    @Test
    void aSubscriberThatAsksForNothingYetGetsItsValueLater() {
        Catalog.in(this.time, catalog -> {
            Seen<Integer> seen = Seen.of(catalog.limited(this::counted), 0);
            assertThat(seen.signals()).isEmpty();

            seen.request(1);
            assertThat(seen.signals()).containsExactly(completed(1));
        });
    }
}
