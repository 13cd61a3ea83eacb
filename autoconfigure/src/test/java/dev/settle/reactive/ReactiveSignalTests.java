package dev.settle.reactive;

import static dev.settle.core.Results.until;
import static dev.settle.reactive.Seen.completed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.annotation.Timeout.Scope;
import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.util.context.Context;

/** The signal of a call goes where its subscription goes. */
class ReactiveSignalTests {

    private final VirtualTime time = new VirtualTime();
    private final List<AbortSignal> signals = new ArrayList<>();

    static class Offers {

        @Timeout(value = "5s", scope = Scope.TOTAL)
        public <T> Mono<T> total(Supplier<Mono<T>> work) {
            return work.get();
        }

        @Timeout(value = "9s", scope = Scope.TOTAL)
        public <T> Mono<T> longer(Supplier<Mono<T>> work) {
            return work.get();
        }

        @Timeout(value = "9s", scope = Scope.TOTAL)
        public <T> Flux<T> stream(Supplier<Flux<T>> work) {
            return work.get();
        }

        @Bulkhead(1)
        public Mono<String> cancellable(AbortSignal signal, List<AbortSignal> signals) {
            signals.add(signal);
            return Mono.never();
        }

        @Retry(maxRetries = 1, delay = "1s")
        public Mono<AbortSignal> twice(List<AbortSignal> signals) {
            return ReactiveAbortSignal.current().doOnNext(signals::add).map(signal -> {
                if (signals.size() == 1) {
                    throw new IllegalStateException();
                }
                return signal;
            });
        }

        @Timeout(value = "5s", scope = Scope.TOTAL)
        public <T> T now(Supplier<T> work) {
            return work.get();
        }
    }

    @AfterEach
    void noSignalIsLeftOnTheThread() {
        assertThat(AbortSignal.current()).isSameAs(AbortSignal.never());
    }

    interface Use {
        void with(Offers offers) throws Exception;
    }

    private void offers(Use use) {
        Startup.runner(this.time).withBean(Offers.class).run(context -> {
            use.with(context.getBean(Offers.class));
            assertThat(this.time.pending()).isZero();
        });
    }

    @Test
    void theMethodSeesItAsTheCurrentOneAndOperatorsInTheirContext() {
        offers(offers -> {
            List<AbortSignal> inOperators = new ArrayList<>();
            Seen<String> seen = Seen.of(offers.total(() -> {
                this.signals.add(AbortSignal.current());
                return Mono.deferContextual(context -> {
                    inOperators.add(ReactiveAbortSignal.from(context));
                    return Mono.just("a");
                });
            }));

            assertThat(seen.signals()).containsExactly(completed("a"));
            assertThat(inOperators).isEqualTo(this.signals).doesNotContain(AbortSignal.never());
        });
    }

    @Test
    void operatorsOnOtherThreadsSeeItToo() {
        offers(offers -> StepVerifier.create(offers.total(() -> {
                            this.signals.add(AbortSignal.current());
                            return ReactiveAbortSignal.current().subscribeOn(Schedulers.parallel());
                        })
                        .map(signal -> signal == this.signals.get(0)))
                .expectNext(true)
                .verifyComplete());
    }

    @Test
    void operatorsOfAStreamSeeIt() {
        offers(offers -> {
            Seen<Duration> seen = Seen.of(offers.stream(
                    () -> ReactiveAbortSignal.current().flatMapMany(signal -> Mono.justOrEmpty(signal.remaining()))));

            assertThat(seen.signals()).containsExactly(completed(Duration.ofSeconds(9)));
        });
    }

    @Test
    void outsideOfACallItNeverAborts() {
        StepVerifier.create(ReactiveAbortSignal.current())
                .expectNext(AbortSignal.never())
                .verifyComplete();
    }

    @Test
    void eachAttemptHasTheSignalOfTheCall() {
        offers(offers -> {
            Seen<AbortSignal> seen = Seen.of(offers.twice(this.signals));
            this.time.advance(Duration.ofSeconds(1));

            assertThat(this.signals).hasSize(2).doesNotContain(AbortSignal.never());
            assertThat(seen.signals()).containsExactly(completed(this.signals.get(1)));
        });
    }

    @Test
    void theSignalThatIsPassedIsLinkedToTheOneTheMethodGets() {
        AsyncAbortController controller = AsyncAbortController.create();
        offers(offers -> {
            Seen<String> seen = Seen.of(offers.cancellable(controller.signal(), this.signals));
            assertThat(this.signals).doesNotContain(controller.signal());
            controller.abortAsync(AbortReason.application("enough"));

            assertThat(this.signals)
                    .singleElement()
                    .satisfies(signal -> assertThat(signal.aborted()).isTrue());
            assertThat(seen.failure())
                    .isInstanceOfSatisfying(
                            AbortedException.class,
                            aborted -> assertThat(aborted.reason().message()).isEqualTo("enough"));
        });
    }

    @Test
    void aPassedSignalKeepsNothingOfACallThatIsOver() {
        AsyncAbortController controller = AsyncAbortController.create();
        offers(offers -> {
            Seen.of(offers.cancellable(controller.signal(), this.signals)).cancel();
            controller.abortAsync(AbortReason.application("too late"));

            assertThat(this.signals)
                    .singleElement()
                    .satisfies(signal -> assertThat(signal.reason())
                            .map(AbortReason::kind)
                            .contains(AbortReason.Kind.CALLER_CANCELLED));
        });
    }

    @Test
    void aCallInsideAnotherEndsWithIt() {
        offers(offers -> {
            Seen<String> seen = Seen.of(offers.total(() -> offers.longer(() -> {
                        this.signals.add(AbortSignal.current());
                        return Mono.<String>never();
                    })
                    .onErrorReturn("inner")));
            assertThat(this.signals.get(0).remaining()).contains(Duration.ofSeconds(5));
            this.time.advance(Duration.ofSeconds(5));

            assertThat(seen.failure()).isInstanceOf(CallTimeoutException.class);
            assertThat(this.signals.get(0).aborted()).isTrue();
        });
    }

    @Test
    void aCallInsideAnOperatorOnAnotherThreadEndsWithTheCallAround() throws Exception {
        offers(offers -> StepVerifier.create(offers.total(() -> Mono.just("a")
                        .publishOn(Schedulers.parallel())
                        .flatMap(value -> offers.longer(
                                () -> Mono.justOrEmpty(AbortSignal.current().remaining())))))
                .expectNext(Duration.ofSeconds(5))
                .verifyComplete());
    }

    @Test
    void aStreamInsideACallEndsWithIt() {
        offers(offers -> {
            Seen<List<String>> seen = Seen.of(offers.total(() -> offers.stream(() -> Flux.concat(
                            Flux.just("a"),
                            ReactiveAbortSignal.current()
                                    .doOnNext(this.signals::add)
                                    .then(Mono.<String>never())))
                    .collectList()));
            this.time.advance(Duration.ofSeconds(5));

            assertThat(seen.failure()).isInstanceOf(CallTimeoutException.class);
            assertThat(this.signals)
                    .singleElement()
                    .satisfies(signal -> assertThat(signal.aborted()).isTrue());
        });
    }

    @Test
    void whatASubscriberDoesWithAStreamIsNotPartOfItsCall() {
        offers(offers -> {
            Seen<Duration> seen = Seen.of(offers.stream(() -> Flux.just("a"))
                    .flatMap(
                            value -> Mono.just(AbortSignal.current().remaining().orElse(Duration.ZERO))));

            assertThat(seen.signals()).containsExactly(completed(Duration.ZERO));
        });
    }

    @Test
    void aCallFromASynchronousMethodEndsWithThat() {
        offers(offers -> {
            Mono<Duration> inner =
                    offers.longer(() -> Mono.justOrEmpty(AbortSignal.current().remaining()));

            assertThat(offers.<Duration>now(inner::block)).isEqualTo(Duration.ofSeconds(5));
        });
    }

    @Test
    void whatTheSubscriberHasInItsContextIsThereForTheMethod() {
        offers(offers -> {
            Mono<String> one = offers.total(() -> Mono.deferContextual(context -> Mono.just(context.get("tenant"))));
            Flux<String> many =
                    offers.stream(() -> Flux.deferContextual(context -> Flux.just(context.<String>get("tenant"))));

            assertThat(Seen.of(one.contextWrite(Context.of("tenant", "red"))).signals())
                    .containsExactly(completed("red"));
            assertThat(Seen.of(many.contextWrite(Context.of("tenant", "blue"))).signals())
                    .containsExactly(completed("blue"));
        });
    }

    @Test
    void aCancelWhileTheMethodStillRunsIsHeardThere() {
        Sinks.Empty<Void> enough = Sinks.empty();
        List<Boolean> aborted = new ArrayList<>();
        offers(offers -> {
            Mono<String> returned = offers.total(() -> {
                AbortSignal signal = AbortSignal.current();
                Thread other = new Thread(enough::tryEmitEmpty);
                other.start();
                until(() -> !other.isAlive());
                aborted.add(signal.aborted());
                return Mono.never();
            });

            Seen<String> seen = Seen.of(returned.takeUntilOther(enough.asMono()));

            assertThat(seen.signals()).containsExactly(completed());
            assertThat(aborted).containsExactly(true);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
    }
}
