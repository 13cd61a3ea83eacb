package dev.settle.reactive;

import static dev.settle.reactive.Seen.completed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.Listeners;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** A subscriber that cancels, whenever that is, gives up its call and nothing else. */
class CancelTests {

    private final VirtualTime time = new VirtualTime();
    private final TestPublisher<String> work = TestPublisher.create();
    private final List<AbortSignal> signals = new ArrayList<>();
    private final List<Throwable> dropped = new ArrayList<>();

    @BeforeEach
    void listen() {
        Hooks.onErrorDropped(this.dropped::add);
    }

    @AfterEach
    void nothingWasDropped() {
        Hooks.resetOnErrorDropped();
        assertThat(this.dropped).isEmpty();
    }

    /** Calls a method of the catalog, whatever it returns. */
    interface Calling extends BiFunction<Catalog, Supplier<Flux<String>>, Publisher<String>> {}

    private static Named<Calling> named(String name, Calling calling) {
        return Named.of(name, calling);
    }

    private static Mono<String> one(Supplier<Flux<String>> work) {
        return work.get().singleOrEmpty();
    }

    static Stream<Named<Calling>> inLine() {
        return Stream.of(
                named("Mono, @Bulkhead", (catalog, work) -> catalog.limited(() -> one(work))),
                named("Flux, @Bulkhead", Catalog::limitedStream),
                named("Mono, @Exclusive", (catalog, work) -> catalog.alone(() -> one(work))),
                named("Flux, @Exclusive", Catalog::aloneStream),
                named("Mono, @Throttle", (catalog, work) -> catalog.paced(() -> one(work))),
                named("Flux, @Throttle", Catalog::pacedStream));
    }

    static Stream<Named<Calling>> all() {
        return Stream.concat(
                inLine(),
                Stream.of(
                        named("Mono, @Retry", (catalog, work) -> catalog.retried(() -> one(work))),
                        named("Flux, @Retry", Catalog::retriedStream),
                        named("Mono, @Timeout", (catalog, work) -> catalog.timed(() -> one(work))),
                        named("Flux, @Timeout", Catalog::timedStream)));
    }

    private Flux<String> running() {
        this.signals.add(AbortSignal.current());
        return this.work.flux();
    }

    @ParameterizedTest
    @MethodSource("inLine")
    void whileItWaitsItLeavesTheLine(Calling calling) {
        Catalog.in(this.time, catalog -> {
            Seen<String> first = Seen.of(calling.apply(catalog, this::running));
            Seen<String> second = Seen.of(calling.apply(catalog, () -> Flux.error(new AssertionError("started"))));
            Seen<String> third = Seen.of(calling.apply(catalog, () -> Flux.just("c")));

            second.cancel();
            this.work.emit("a");
            this.time.advance(Duration.ofSeconds(1));

            assertThat(first.signals()).containsExactly(completed("a"));
            assertThat(second.signals()).isEmpty();
            assertThat(third.signals()).containsExactly(completed("c"));
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void whileItRunsItStopsTheWorkAndAbortsTheSignal(Calling calling) {
        Catalog.in(this.time, catalog -> {
            List<AbortReason> heard = new ArrayList<>();
            Seen<String> seen = Seen.of(calling.apply(catalog, () -> {
                AbortSignal.current().onAbort(heard::add);
                return running();
            }));

            seen.cancel();

            this.work.assertCancelled();
            assertThat(heard).extracting(AbortReason::kind).containsExactly(AbortReason.Kind.CALLER_CANCELLED);
            assertThat(Listeners.on((AbortSource) this.signals.get(0))).isZero();
            assertThat(seen.signals()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("inLine")
    void whileItRunsItFreesWhatItHolds(Calling calling) {
        Catalog.in(this.time, catalog -> {
            Seen<String> first = Seen.of(calling.apply(catalog, this::running));
            Seen<String> second = Seen.of(calling.apply(catalog, () -> {
                this.work.assertCancelled();
                return Flux.just("b");
            }));

            first.cancel();
            this.time.advance(Duration.ofSeconds(1));

            assertThat(second.signals()).containsExactly(completed("b"));
        });
    }

    @Test
    void aStreamIsCancelledInMidStream() {
        Catalog.in(this.time, catalog -> {
            Seen<String> first = Seen.of(catalog.limitedStream(this::running));
            Seen<String> second = Seen.of(catalog.limitedStream(() -> Flux.just("z")));
            this.work.next("a", "b");
            assertThat(second.signals()).isEmpty();

            first.cancel();

            assertThat(first.signals()).containsExactly("a", "b");
            this.work.assertCancelled();
            assertThat(this.signals.get(0).aborted()).isTrue();
            assertThat(second.signals()).containsExactly(completed("z"));
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void inOnSubscribeNothingStarts(Calling calling) {
        Catalog.in(this.time, catalog -> {
            Publisher<String> returned = calling.apply(catalog, this::running);

            Flux.from(returned).take(0).subscribe();
            Seen<String> seen = Seen.of(Flux.from(returned).doOnSubscribe(subscription -> subscription.cancel()));

            assertThat(seen.signals()).isEmpty();
            assertThat(this.signals).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void afterTheEndChangesNothing(Calling calling) {
        Catalog.in(this.time, catalog -> {
            Seen<String> seen = Seen.of(calling.apply(catalog, this::running));
            this.work.emit("a");

            seen.cancel();

            assertThat(seen.signals()).containsExactly(completed("a"));
            assertThat(this.signals.get(0).aborted()).isFalse();
            this.work.assertNotCancelled();
        });
    }

    @Test
    void betweenTwoAttemptsThereIsNoOther() {
        Catalog.in(this.time, catalog -> {
            Seen<String> one = Seen.of(catalog.retried(() -> one(this::failing)));
            Seen<String> many = Seen.of(catalog.retriedStream(this::failing));
            assertThat(this.signals).hasSize(2);

            one.cancel();
            many.cancel();
            assertThat(this.time.pending()).isZero();
            this.time.advance(Duration.ofSeconds(9));

            assertThat(this.signals).hasSize(2);
            assertThat(one.signals()).isEmpty();
            assertThat(many.signals()).isEmpty();
        });
    }

    private Flux<String> failing() {
        this.signals.add(AbortSignal.current());
        return Flux.error(new IOException());
    }

    @Test
    void ofADebouncedCallTakesItBack() {
        Catalog.in(this.time, catalog -> {
            Seen<String> one = Seen.of(catalog.debounced(() -> one(this::running)));
            Seen<String> many = Seen.of(catalog.debouncedStream(this::running));

            one.cancel();
            many.cancel();

            assertThat(this.time.pending()).isZero();
            assertThat(this.signals).isEmpty();
        });
    }

    @Test
    void whoTakesOnlyTheFirstValuesGivesUpTheRest() {
        Catalog.in(this.time, catalog -> {
            List<AbortReason> heard = new ArrayList<>();
            Flux<Integer> returned = catalog.limitedStream(() -> {
                AbortSignal.current().onAbort(heard::add);
                return Flux.range(1, 1_000_000);
            });

            Seen<Integer> first = Seen.of(returned.take(3));
            Seen<Integer> second = Seen.of(returned.take(2));

            assertThat(first.signals()).containsExactly(completed(1, 2, 3));
            assertThat(second.signals()).containsExactly(completed(1, 2));
            assertThat(heard).extracting(AbortReason::kind).containsOnly(AbortReason.Kind.CALLER_CANCELLED);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        });
    }

    @Test
    void whoHasTakenEnoughGoesOnOnAThreadThatIsNotInterrupted() {
        List<Boolean> interrupted = new ArrayList<>();
        Catalog.in(this.time, catalog -> {
            Flux<Integer> returned = catalog.retriedStream(() -> {
                this.signals.add(AbortSignal.current());
                return this.signals.size() == 1 ? Flux.error(new IOException()) : Flux.range(1, 9);
            });

            Seen.of(returned.take(3)
                    .doOnComplete(() -> interrupted.add(Thread.currentThread().isInterrupted())));
            this.time.advance(Duration.ofSeconds(1));

            assertThat(interrupted).containsExactly(false);
        });
    }
}
