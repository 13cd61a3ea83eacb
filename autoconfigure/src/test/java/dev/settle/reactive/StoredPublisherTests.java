package dev.settle.reactive;

import static dev.settle.reactive.Seen.completed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.plan.RunTimeTuning;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** What a method has returned is kept while settings change: each subscription is a call, and goes the way of now. */
class StoredPublisherTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final TestPublisher<String> work = TestPublisher.create();
    private final List<String> started = new CopyOnWriteArrayList<>();

    private static void enable(RunTimeTuning tuning, String method, String policy, boolean enabled) {
        tuning.set("catalog." + method, policy, Map.of("enabled", enabled));
    }

    private Flux<String> running() {
        this.started.add("run");
        return this.work.flux();
    }

    @Test
    void aMonoDoesNotWaitForPermitsThatAreNotAskedForAnyMore() {
        Catalog.tunedIn(this.time, (catalog, tuning) -> {
            Mono<String> stored = catalog.limited(() -> Mono.just("b"));
            Seen<String> first = Seen.of(catalog.limited(this.work::mono));

            enable(tuning, "limited", "bulkhead", false);
            Seen<String> second = Seen.of(stored);

            assertThat(second.signals()).containsExactly(completed("b"));
            this.work.emit("a");
            assertThat(first.signals()).containsExactly(completed("a"));
        });
    }

    @Test
    void aFluxDoesNotWaitForPermitsThatAreNotAskedForAnyMore() {
        Catalog.tunedIn(this.time, (catalog, tuning) -> {
            Flux<String> stored = catalog.limitedStream(() -> Flux.just("b", "c"));
            Seen<String> first = Seen.of(catalog.limitedStream(this.work::flux));

            enable(tuning, "limitedStream", "bulkhead", false);
            Seen<String> second = Seen.of(stored);

            assertThat(second.signals()).containsExactly(completed("b", "c"));
            this.work.emit("a");
            assertThat(first.signals()).containsExactly(completed("a"));
        });
    }

    @Test
    void aMonoThatWasAssembledWithoutPolicyWaitsForAPermit() {
        Catalog.tunedIn(this.time, (catalog, tuning) -> {
            enable(tuning, "limited", "bulkhead", false);
            Mono<String> stored = catalog.limited(() -> Mono.just("b"));
            enable(tuning, "limited", "bulkhead", true);
            Seen.of(catalog.limited(this.work::mono));

            Seen<String> second = Seen.of(stored);

            assertThat(second.signals()).isEmpty();
            this.work.emit("a");
            assertThat(second.signals()).containsExactly(completed("b"));
        });
    }

    @Test
    void aSubscriptionKeepsTheWayThatItHasTaken() {
        Catalog.tunedIn(this.time, (catalog, tuning) -> {
            Seen<String> first = Seen.of(catalog.limitedStream(this.work::flux));
            enable(tuning, "limitedStream", "bulkhead", false);
            enable(tuning, "limitedStream", "bulkhead", true);
            Seen<String> second = Seen.of(catalog.limitedStream(() -> Flux.just("b")));

            this.work.next("a");
            assertThat(second.signals()).isEmpty();
            this.work.complete();

            assertThat(first.signals()).containsExactly(completed("a"));
            assertThat(second.signals()).containsExactly(completed("b"));
        });
    }

    @Test
    void subscribersJoinOneRunOfAMonoThatWasAssembledBefore() {
        Catalog.tunedIn(this.time, (catalog, tuning) -> {
            enable(tuning, "joined", "exclusive", false);
            Mono<String> stored = catalog.joined(() -> running().singleOrEmpty());
            enable(tuning, "joined", "exclusive", true);

            Seen<String> first = Seen.of(stored);
            Seen<String> second = Seen.of(stored);
            this.work.emit("a");

            assertThat(this.started).hasSize(1);
            assertThat(first.signals()).containsExactly(completed("a"));
            assertThat(second.signals()).containsExactly(completed("a"));
        });
    }

    @Test
    void allWhoJoinAStreamThatWasAssembledBeforeGetAllValues() {
        Catalog.tunedIn(this.time, (catalog, tuning) -> {
            enable(tuning, "joinedStream", "exclusive", false);
            Flux<String> stored = catalog.joinedStream(this::running);
            enable(tuning, "joinedStream", "exclusive", true);

            Seen<String> first = Seen.of(stored);
            this.work.next("a");
            Seen<String> second = Seen.of(stored);
            this.work.emit("b", "c");

            assertThat(this.started).hasSize(1);
            assertThat(first.signals()).containsExactly(completed("a", "b", "c"));
            assertThat(second.signals()).containsExactly(completed("a", "b", "c"));
        });
    }

    @Test
    void allWhoShareADebouncedStreamThatWasAssembledBeforeGetAllValues() {
        Catalog.tunedIn(this.time, (catalog, tuning) -> {
            enable(tuning, "debouncedStream", "debounce", false);
            Flux<String> stored = catalog.debouncedStream(this::running);
            enable(tuning, "debouncedStream", "debounce", true);

            Seen<String> first = Seen.of(stored);
            Seen<String> second = Seen.of(stored);
            this.time.advance(SECOND);
            this.work.emit("a", "b");

            assertThat(this.started).hasSize(1);
            assertThat(first.signals()).containsExactly(completed("a", "b"));
            assertThat(second.signals()).containsExactly(completed("a", "b"));
        });
    }

    @Test
    void aStreamThatIsNotSharedAnyMoreFlows() {
        Catalog.tunedIn(this.time, (catalog, tuning) -> {
            Flux<String> stored = catalog.joinedStream(this::running);
            enable(tuning, "joinedStream", "exclusive", false);

            Seen<String> first = Seen.of(stored);
            Seen<String> second = Seen.of(stored);
            this.work.next("a");

            assertThat(this.started).hasSize(2);
            assertThat(first.signals()).containsExactly("a");
            assertThat(second.signals()).containsExactly("a");
            this.work.complete();
        });
    }

    @Test
    void whoJoinedBeforeItWasSwitchedOffGetsAllValuesToo() {
        Catalog.tunedIn(this.time, (catalog, tuning) -> {
            Flux<String> stored = catalog.joinedStream(this::running);
            Seen<String> first = Seen.of(stored);
            Seen<String> second = Seen.of(stored);

            enable(tuning, "joinedStream", "exclusive", false);
            Seen<String> third = Seen.of(stored);
            this.work.emit("a", "b");

            assertThat(this.started).hasSize(2);
            assertThat(List.of(first, second, third))
                    .allSatisfy(seen -> assertThat(seen.signals()).containsExactly(completed("a", "b")));
        });
    }
}
