package dev.settle.reactive;

import static dev.settle.reactive.Seen.completed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.SupersededException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** One subscription to the work for several callers. */
class SharedSubscriptionTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final TestPublisher<String> work = TestPublisher.create();
    private final List<AbortSignal> signals = new ArrayList<>();

    /** Calls a method of the catalog, whatever it returns. */
    interface Calling extends BiFunction<Catalog, Supplier<Flux<String>>, Publisher<String>> {}

    private static Named<Calling> named(String name, Calling calling) {
        return Named.of(name, calling);
    }

    private static Mono<String> one(Supplier<Flux<String>> work) {
        return work.get().singleOrEmpty();
    }

    /** A call before the others, so that these share one: the first start of a window is its caller's own. */
    private static Publisher<String> afterAnother(Publisher<String> first, Supplier<Publisher<String>> call) {
        Seen.of(first);
        return call.get();
    }

    static Stream<Named<Calling>> shared() {
        return Stream.of(
                named("Mono, @Debounce", (catalog, work) -> catalog.debounced(() -> one(work))),
                named("Flux, @Debounce", Catalog::debouncedStream),
                // Nobody can be superseded in a run that has begun: who comes later shares it.
                named("Flux, @Debounce(leading, CANCEL)", Catalog::leadingStream),
                named(
                        "Mono, @Throttle",
                        (catalog, work) -> afterAnother(
                                catalog.trailing(() -> Mono.just("first")), () -> catalog.trailing(() -> one(work)))),
                named(
                        "Flux, @Throttle",
                        (catalog, work) -> afterAnother(
                                catalog.trailingStream(() -> Flux.just("first")), () -> catalog.trailingStream(work))),
                named("Mono, @Exclusive", (catalog, work) -> catalog.joined(() -> one(work))),
                named("Flux, @Exclusive", Catalog::joinedStream));
    }

    private Flux<String> running() {
        this.signals.add(AbortSignal.current());
        return this.work.flux();
    }

    @ParameterizedTest
    @MethodSource("shared")
    void allSubscribersGetTheOutcomeOfOneSubscription(Calling calling) {
        Catalog.in(this.time, catalog -> {
            Publisher<String> returned = calling.apply(catalog, this::running);
            Seen<String> first = Seen.of(returned);
            Seen<String> second = Seen.of(returned);
            this.time.advance(SECOND);
            this.work.assertSubscribers(1);
            this.work.next("a").complete();
            this.time.advance(SECOND);

            assertThat(this.signals).hasSize(1);
            assertThat(first.signals()).containsExactly(completed("a"));
            assertThat(second.signals()).containsExactly(completed("a"));
        });
    }

    @ParameterizedTest
    @MethodSource("shared")
    void allSubscribersGetTheSameFailure(Calling calling) {
        IOException failure = new IOException();
        Catalog.in(this.time, catalog -> {
            Publisher<String> returned = calling.apply(catalog, this::running);
            Seen<String> first = Seen.of(returned);
            Seen<String> second = Seen.of(returned);
            this.time.advance(SECOND);
            this.work.error(failure);
            this.time.advance(SECOND);

            assertThat(first.signals()).containsExactly(failure);
            assertThat(second.signals()).containsExactly(failure);
        });
    }

    @ParameterizedTest
    @MethodSource("shared")
    void oneThatCancelsHurtsNobody(Calling calling) {
        Catalog.in(this.time, catalog -> {
            Publisher<String> returned = calling.apply(catalog, this::running);
            Seen<String> first = Seen.of(returned);
            Seen<String> second = Seen.of(returned);
            Seen<String> third = Seen.of(returned);
            first.cancel();
            this.time.advance(SECOND);
            third.cancel();
            this.work.assertNotCancelled();
            this.work.next("a").complete();
            this.time.advance(SECOND);

            assertThat(first.signals()).isEmpty();
            assertThat(second.signals()).containsExactly(completed("a"));
            assertThat(third.signals()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("shared")
    void theLastThatCancelsAbortsTheRun(Calling calling) {
        Catalog.in(this.time, catalog -> {
            Publisher<String> returned = calling.apply(catalog, this::running);
            Seen<String> first = Seen.of(returned);
            Seen<String> second = Seen.of(returned);
            this.time.advance(SECOND);
            first.cancel();
            second.cancel();

            this.work.assertCancelled();
            assertThat(this.signals)
                    .singleElement()
                    .satisfies(signal -> assertThat(signal.reason())
                            .map(AbortReason::kind)
                            .contains(AbortReason.Kind.CALLER_CANCELLED));
            this.time.advance(SECOND);
        });
    }

    @Test
    void aSharedStreamIsCollectedAndTakenByEachAtItsOwnPace() {
        Catalog.in(this.time, catalog -> {
            Flux<String> returned = catalog.joinedStream(this::running);
            Seen<String> fast = Seen.of(returned);
            Seen<String> slow = Seen.of(returned, 1);
            this.work.next("a", "b");
            assertThat(fast.signals()).isEmpty();

            this.work.complete();
            assertThat(fast.signals()).containsExactly(completed("a", "b"));
            assertThat(slow.signals()).containsExactly("a");
            slow.request(1);
            assertThat(slow.signals()).containsExactly(completed("a", "b"));
        });
    }

    @Test
    void theArgumentsOfTheLatestDebouncedCallCount() {
        Catalog.in(this.time, catalog -> {
            Seen<String> first = Seen.of(catalog.debounced(() -> Mono.just("a")));
            Seen<String> second = Seen.of(catalog.debounced(() -> Mono.just("b")));
            this.time.advance(SECOND);

            assertThat(first.signals()).containsExactly(completed("b"));
            assertThat(second.signals()).containsExactly(completed("b"));
        });
    }

    @Test
    void anEarlierDebouncedCallEndsAsSupersededWhereThatIsAskedFor() {
        Catalog.in(this.time, catalog -> {
            Seen<String> first = Seen.of(catalog.latest(() -> Mono.just("a")));
            Seen<String> second = Seen.of(catalog.latest(() -> Mono.just("b")));
            this.time.advance(SECOND);

            assertThat(first.signals()).singleElement().isInstanceOf(SupersededException.class);
            assertThat(second.signals()).containsExactly(completed("b"));
        });
    }

    @Test
    void aReplacedMonoIsCancelledBeforeTheNextStarts() {
        Catalog.in(this.time, catalog -> {
            Seen<String> first = Seen.of(catalog.replaced(() -> this.work.mono()));
            Seen<String> second = Seen.of(catalog.replaced(() -> {
                this.work.assertCancelled();
                return Mono.just("b");
            }));

            assertThat(first.signals()).singleElement().isInstanceOf(SupersededException.class);
            assertThat(second.signals()).containsExactly(completed("b"));
        });
    }

    @Test
    void aReplacedStreamIsCancelledInTheMiddle() {
        Catalog.in(this.time, catalog -> {
            Seen<String> first = Seen.of(catalog.replacedStream(this.work::flux));
            this.work.next("a");
            Seen<String> second = Seen.of(catalog.replacedStream(() -> {
                this.work.assertCancelled();
                return Flux.just("b");
            }));

            assertThat(first.failure()).isInstanceOf(SupersededException.class);
            assertThat(second.signals()).containsExactly(completed("b"));
        });
    }
}
