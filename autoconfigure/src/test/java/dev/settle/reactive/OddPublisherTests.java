package dev.settle.reactive;

import static dev.settle.reactive.Seen.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.test.publisher.TestPublisher;
import reactor.test.publisher.TestPublisher.Violation;

/** Whatever a method returns, its subscriber hears of one end, and what the call held is free. */
class OddPublisherTests {

    private final VirtualTime time = new VirtualTime();
    private final List<Object> dropped = new ArrayList<>();

    @BeforeEach
    void listen() {
        Hooks.onErrorDropped(this.dropped::add);
        Hooks.onNextDropped(this.dropped::add);
    }

    @AfterEach
    void resetHooks() {
        Hooks.resetOnErrorDropped();
        Hooks.resetOnNextDropped();
    }

    /** What a subscriber sees of a limited Mono; the permit is free afterwards. */
    private List<Object> one(Supplier<Mono<String>> work) {
        List<Object> seen = new ArrayList<>();
        Catalog.in(this.time, catalog -> {
            seen.addAll(Seen.of(catalog.limited(work)).signals());
            assertThat(Seen.of(catalog.limited(() -> Mono.just("next"))).signals())
                    .containsExactly(completed("next"));
        });
        return seen;
    }

    private List<Object> many(Supplier<Flux<String>> work) {
        List<Object> seen = new ArrayList<>();
        Catalog.in(this.time, catalog -> {
            seen.addAll(Seen.of(catalog.limitedStream(work)).signals());
            assertThat(Seen.of(catalog.limitedStream(() -> Flux.just("next"))).signals())
                    .containsExactly(completed("next"));
        });
        return seen;
    }

    @Test
    void anEmptyMonoCompletes() {
        assertThat(one(Mono::empty)).containsExactly(completed());
    }

    @Test
    void anEmptyFluxCompletes() {
        assertThat(many(Flux::empty)).containsExactly(completed());
    }

    @Test
    void aFluxOfOneValueGivesIt() {
        assertThat(many(() -> Flux.just("a"))).containsExactly(completed("a"));
    }

    @Test
    void nullInsteadOfAPublisherIsAFailure() {
        assertThat(one(() -> null))
                .singleElement()
                .isInstanceOfSatisfying(
                        IllegalStateException.class,
                        failure -> assertThat(failure)
                                .hasMessage("'catalog.limited' returned null instead of a publisher"));
        assertThat(many(() -> null)).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatTheMethodThrowsIsAFailure() {
        IllegalArgumentException thrown = new IllegalArgumentException();
        Supplier<Mono<String>> throwing = () -> {
            throw thrown;
        };

        assertThat(one(throwing)).containsExactly(thrown);
        assertThat(many(() -> throwing.get().flux())).containsExactly(thrown);
    }

    @Test
    void whatSubscribeThrowsIsAFailure() {
        IllegalArgumentException thrown = new IllegalArgumentException();
        Publisher<String> throwing = subscriber -> {
            throw thrown;
        };

        assertThat(one(() -> Mono.from(throwing))).containsExactly(thrown);
        assertThat(many(() -> Flux.from(throwing))).containsExactly(thrown);
    }

    @Test
    void aFailedMonoIsOverAndWhatComesAfterwardsIsDropped() {
        IOException failure = new IOException();
        Mono<String> chatty = Mono.fromDirect(saying(subscriber -> {
            subscriber.onError(failure);
            subscriber.onNext("late");
            subscriber.onComplete();
            subscriber.onError(new IOException("late"));
        }));

        assertThat(one(() -> chatty)).containsExactly(failure);
        assertThat(this.dropped).hasSize(2).startsWith("late");
    }

    @Test
    void aFailedFluxIsOverAndWhatComesAfterwardsIsDropped() {
        IOException failure = new IOException();
        Flux<String> chatty = Flux.from(saying(subscriber -> {
            subscriber.onError(failure);
            subscriber.onNext("late");
        }));

        assertThat(many(() -> chatty)).containsExactly(failure);
    }

    private static Publisher<String> saying(Consumer<Subscriber<? super String>> words) {
        return subscriber -> {
            subscriber.onSubscribe(Operators.emptySubscription());
            words.accept(subscriber);
        };
    }

    @Test
    void ofTwoValuesOfAMonoTheFirstCounts() {
        assertThat(one(() -> Mono.fromDirect(Flux.just("a", "b")))).containsExactly(completed("a"));
        assertThat(this.dropped).containsExactly("b");
    }

    @Test
    void aSecondSubscriptionIsCancelled() {
        List<String> cancelled = new ArrayList<>();
        Mono<String> twice = Mono.fromDirect(subscriber -> {
            subscriber.onSubscribe(Operators.emptySubscription());
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {
                    subscriber.onNext("second");
                }

                @Override
                public void cancel() {
                    cancelled.add("second");
                }
            });
            subscriber.onNext("a");
            subscriber.onComplete();
        });

        assertThat(one(() -> twice)).containsExactly(completed("a"));
        assertThat(cancelled).containsExactly("second");
    }

    @Test
    void valuesAfterTheCancelAreDropped() {
        TestPublisher<String> deaf = TestPublisher.createNoncompliant(Violation.CLEANUP_ON_TERMINATE);
        Catalog.in(this.time, catalog -> {
            Seen<String> one = Seen.of(catalog.limited(() -> Mono.fromDirect(deaf)));
            one.cancel();
            Seen<String> many = Seen.of(catalog.limitedStream(() -> Flux.from(deaf)));
            many.cancel();
            deaf.next("late");

            assertThat(one.signals()).isEmpty();
            assertThat(many.signals()).isEmpty();
        });
    }

    @Test
    void aPermitIsHeldUntilAMonoWithAValueCompletes() {
        TestPublisher<String> work = TestPublisher.create();
        Catalog.in(this.time, catalog -> {
            Seen<String> first = Seen.of(catalog.limited(() -> Mono.fromDirect(work)));
            Seen<String> second = Seen.of(catalog.limited(() -> Mono.just("b")));
            work.next("a");
            assertThat(first.signals()).isEmpty();
            assertThat(second.signals()).isEmpty();

            work.complete();
            assertThat(first.signals()).containsExactly(completed("a"));
            assertThat(second.signals()).containsExactly(completed("b"));
        });
    }

    @Test
    void aCancelThatThrowsStillFreesThePermit() {
        Mono<String> breaking = Mono.fromDirect(subscriber -> subscriber.onSubscribe(new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                throw new IllegalStateException("broken");
            }
        }));
        Catalog.in(this.time, catalog -> {
            Seen<String> first = Seen.of(catalog.limited(() -> breaking));
            Seen<String> second = Seen.of(catalog.limited(() -> Mono.just("b")));
            first.cancel();

            assertThat(second.signals()).containsExactly(completed("b"));
        });
    }

    @Test
    void aFatalErrorOfAMonoReachesTheSubscriber() {
        OutOfMemoryError fatal = new OutOfMemoryError("of a test");

        assertThat(one(() -> Mono.just("a").map(value -> {
                    throw fatal;
                })))
                .containsExactly(fatal);
    }

    @Test
    void aFatalErrorOfAStreamIsThrownAsReactorDoesAndThePermitIsFree() {
        OutOfMemoryError fatal = new OutOfMemoryError("of a test");
        Catalog.in(this.time, catalog -> {
            Flux<String> breaking = catalog.limitedStream(() -> Flux.just("a").map(value -> {
                throw fatal;
            }));

            assertThatThrownBy(() -> Seen.of(breaking)).isSameAs(fatal);
            assertThat(Seen.of(catalog.limitedStream(() -> Flux.just("next"))).signals())
                    .containsExactly(completed("next"));
        });
    }

    @Test
    void aRetryAfterAMonoThatBreaksTheRulesStartsAfresh() {
        List<Mono<String>> works = new ArrayList<>(List.of(
                Mono.fromDirect(saying(subscriber -> {
                    subscriber.onNext("old");
                    subscriber.onError(new IOException());
                })),
                Mono.empty()));
        Catalog.in(this.time, catalog -> {
            Seen<String> seen = Seen.of(catalog.retried(() -> works.remove(0)));
            this.time.advance(Duration.ofSeconds(1));

            assertThat(seen.signals()).containsExactly(completed());
        });
    }
}
