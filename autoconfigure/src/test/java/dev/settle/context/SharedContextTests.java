package dev.settle.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.autoconfigure.Startup;
import dev.settle.context.Surroundings.Seen;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** A run for several callers is in the context of one of them, and each caller goes on in its own. */
class SharedContextTests {

    private final VirtualTime time = new VirtualTime();

    @AfterEach
    void nothingIsLeftOnAnyThread() throws Exception {
        Surroundings.nothingIsLeft(Runnable::run);
    }

    static class Prices {

        @Debounce("1s")
        public CompletableFuture<String> debounced(Visit visit) {
            return visit.later();
        }

        @Debounce("1s")
        public Mono<String> debouncedMono(Visit visit) {
            return visit.mono();
        }

        @Debounce("1s")
        public String debouncedValue(Visit visit) {
            return visit.value();
        }

        @Debounce("1s")
        public void debouncedVoid(Visit visit) {
            visit.later();
        }

        @Debounce("1s")
        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        public CompletableFuture<String> debouncedAndRetried(Visit visit, CompletableFuture<Seen> first) {
            return first.complete(Seen.here())
                    ? CompletableFuture.failedFuture(new IllegalStateException("reset"))
                    : visit.later();
        }

        @Exclusive(onConflict = Exclusive.OnConflict.JOIN)
        public CompletableFuture<String> joined(Visit visit) {
            return visit.later();
        }

        @Exclusive(onConflict = Exclusive.OnConflict.JOIN)
        public Mono<String> joinedMono(Visit visit) {
            return visit.mono();
        }

        @Throttle(excess = Throttle.Excess.SHARE)
        public CompletableFuture<String> shared(Visit visit) {
            return visit.later();
        }

        @Throttle
        public CompletableFuture<String> throttled(Visit visit) {
            return visit.later();
        }
    }

    private CompletableFuture<Seen> called(
            BiFunction<Prices, Visit, CompletableFuture<String>> method, Prices prices, Visit visit) {
        return method.apply(prices, visit).thenApply(value -> Seen.here());
    }

    private void aSecondOfMallorys() throws Exception {
        Surroundings.as("mallory", () -> {
            this.time.advance(Duration.ofSeconds(1));
            return null;
        });
    }

    private static void endByMallory(Visit... visits) throws Exception {
        Surroundings.as("mallory", () -> {
            for (Visit visit : visits) {
                visit.end.complete("7.30");
            }
            return null;
        });
    }

    /** Of two calls that share one run, whose context the run is in. */
    enum Shared {
        DEBOUNCE(Prices::debounced, "bob"),
        DEBOUNCE_OF_A_MONO((prices, visit) -> prices.debouncedMono(visit).toFuture(), "bob"),
        JOIN(Prices::joined, "alice"),
        JOIN_OF_A_MONO((prices, visit) -> prices.joinedMono(visit).toFuture(), "alice");

        private final BiFunction<Prices, Visit, CompletableFuture<String>> method;
        private final String winner;

        Shared(BiFunction<Prices, Visit, CompletableFuture<String>> method, String winner) {
            this.method = method;
            this.winner = winner;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRunIsInTheContextOfTheCallerWhoseArgumentsItHasAndEachCallerGoesOnInItsOwn(Shared shared) {
        Startup.runner(this.time).withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            Visit first = new Visit();
            Visit second = new Visit();
            CompletableFuture<Seen> alice = Surroundings.as("alice", () -> called(shared.method, prices, first));
            CompletableFuture<Seen> bob = Surroundings.as("bob", () -> called(shared.method, prices, second));

            aSecondOfMallorys();
            endByMallory(first, second);

            Visit winner = shared.winner.equals("bob") ? second : first;
            Visit loser = shared.winner.equals("bob") ? first : second;
            assertThat(Results.await(winner.seen).user()).isEqualTo(shared.winner);
            assertThat(loser.seen).isNotDone();
            assertThat(all(Results.await(alice))).containsOnly("alice");
            assertThat(all(Results.await(bob))).containsOnly("bob");
        });
    }

    /** Whatever is of a name. */
    private static String[] all(Seen seen) {
        return new String[] {seen.request(), seen.observation(), seen.user()};
    }

    @Test
    void theTrailingRunOfAWindowIsInTheContextOfTheLatestCaller() {
        Startup.runner(this.time).withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.shared(new Visit()).cancel(true);
            Visit lost = new Visit();
            Visit latest = new Visit();
            CompletableFuture<Seen> alice = Surroundings.as("alice", () -> called(Prices::shared, prices, lost));
            CompletableFuture<Seen> bob = Surroundings.as("bob", () -> called(Prices::shared, prices, latest));

            aSecondOfMallorys();
            endByMallory(latest);

            assertThat(all(Results.await(latest.seen))).containsOnly("bob");
            assertThat(all(Results.await(alice))).containsOnly("alice");
            assertThat(all(Results.await(bob))).containsOnly("bob");
        });
    }

    @Test
    void aCallThatHasWaitedForTheRateIsInTheContextOfItsOwnCaller() {
        Startup.runner(this.time).withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.throttled(new Visit()).cancel(true);
            Visit visit = new Visit();
            CompletableFuture<Seen> bob = Surroundings.as("bob", () -> called(Prices::throttled, prices, visit));

            aSecondOfMallorys();
            endByMallory(visit);

            assertThat(all(Results.await(visit.seen))).containsOnly("bob");
            assertThat(all(Results.await(bob))).containsOnly("bob");
        });
    }

    @Test
    void aCallerWithoutContextSeesNothingOfThatOfWhoeverLetsItGoOn() {
        Startup.runner(this.time).withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            prices.throttled(new Visit()).cancel(true);
            Visit visit = new Visit();
            CompletableFuture<Seen> end = called(Prices::throttled, prices, visit);

            aSecondOfMallorys();
            endByMallory(visit);

            assertThat(visit.seen).isCompletedWithValue(Seen.NOTHING);
            assertThat(end).isCompletedWithValue(Seen.NOTHING);
        });
    }

    @Test
    void aDebouncedRunThatNobodyWaitsForIsInTheContextOfTheLatestCaller() {
        Startup.runner(this.time).withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            Visit visit = new Visit();
            Surroundings.as("alice", () -> {
                prices.debouncedVoid(new Visit());
                return null;
            });
            Surroundings.as("bob", () -> {
                prices.debouncedVoid(visit);
                return null;
            });

            aSecondOfMallorys();

            assertThat(all(Results.await(visit.seen))).containsOnly("bob");
        });
    }

    @Test
    void aDebouncedRunThatAThreadWaitsForIsInItsContext() {
        Startup.runner(this.time).withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            Visit visit = new Visit();
            visit.end.complete("7.30");
            CompletableFuture<Seen> bob = Surroundings.onThreadOf("bob", () -> {
                prices.debouncedValue(visit);
                return Seen.here();
            });
            Results.until(() -> this.time.pending() > 0);

            aSecondOfMallorys();

            assertThat(all(Results.await(visit.seen))).containsOnly("bob");
            assertThat(all(Results.await(bob))).containsOnly("bob");
        });
    }

    @Test
    void theRetriesOfADebouncedRunAreInTheContextOfTheLatestCaller() {
        Startup.runner(this.time).withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);
            Visit visit = new Visit();
            CompletableFuture<Seen> first = new CompletableFuture<>();
            Surroundings.as("alice", () -> prices.debouncedAndRetried(new Visit(), new CompletableFuture<>()));
            Surroundings.as("bob", () -> prices.debouncedAndRetried(visit, first));

            aSecondOfMallorys();
            aSecondOfMallorys();
            endByMallory(visit);

            assertThat(all(Results.await(first))).containsOnly("bob");
            assertThat(Results.await(visit.seen)).isEqualTo(Results.await(first));
        });
    }
}
