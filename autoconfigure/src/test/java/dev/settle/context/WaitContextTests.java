package dev.settle.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.autoconfigure.Startup;
import dev.settle.context.Surroundings.Seen;
import dev.settle.core.CallListener;
import dev.settle.core.LineEvent;
import dev.settle.core.Results;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Whoever makes room for a waiting call does so on its own thread, with its own context, which is none of the call's. */
class WaitContextTests {

    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @AfterEach
    void nothingIsLeftOnAnyThread() throws Exception {
        Surroundings.nothingIsLeft(this.pool);
        this.pool.shutdownNow();
    }

    static class Prices {

        @Bulkhead(1)
        public String permitted(Visit visit) {
            return visit.value();
        }

        @Bulkhead(1)
        public CompletableFuture<String> permittedLater(Visit visit) {
            return visit.later();
        }

        @Bulkhead(1)
        public Mono<String> permittedMono(Visit visit) {
            return visit.mono();
        }

        @Exclusive
        public String alone(Visit visit) {
            return visit.value();
        }

        @Exclusive
        public CompletableFuture<String> aloneLater(Visit visit) {
            return visit.later();
        }

        @Exclusive
        public Mono<String> aloneMono(Visit visit) {
            return visit.mono();
        }
    }

    /** How a method is called, and what its caller sees at the end. */
    enum Kind {
        PERMIT_OF_A_VALUE((prices, visit) -> {
            prices.permitted(visit);
            return CompletableFuture.completedFuture(Seen.here());
        }),
        PERMIT_OF_A_FUTURE((prices, visit) -> prices.permittedLater(visit).thenApply(value -> Seen.here())),
        PERMIT_OF_A_MONO((prices, visit) ->
                prices.permittedMono(visit).map(value -> Seen.here()).toFuture()),
        LOCK_OF_A_VALUE((prices, visit) -> {
            prices.alone(visit);
            return CompletableFuture.completedFuture(Seen.here());
        }),
        LOCK_OF_A_FUTURE((prices, visit) -> prices.aloneLater(visit).thenApply(value -> Seen.here())),
        LOCK_OF_A_MONO((prices, visit) ->
                prices.aloneMono(visit).map(value -> Seen.here()).toFuture());

        private final BiFunction<Prices, Visit, CompletableFuture<Seen>> call;

        Kind(BiFunction<Prices, Visit, CompletableFuture<Seen>> call) {
            this.call = call;
        }
    }

    /** What a caller saw before its call and after it. */
    private record Ends(Seen before, Seen after) {}

    private static CompletableFuture<Ends> call(String name, Kind kind, Prices prices, Visit visit) {
        return Surroundings.onThreadOf(name, () -> {
                    Seen before = Seen.here();
                    return kind.call.apply(prices, visit).thenApply(after -> new Ends(before, after));
                })
                .thenCompose(ends -> ends);
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatHasWaitedSeesTheContextOfItsOwnCaller(Kind kind) {
        CountDownLatch waiting = new CountDownLatch(1);
        CallListener listener = event -> {
            if (event.type() == LineEvent.WAITING) {
                waiting.countDown();
            }
        };
        Startup.runner()
                .withBean(Prices.class)
                .withBean(CallListener.class, () -> listener)
                .run(context -> {
                    Prices prices = context.getBean(Prices.class);
                    Visit first = new Visit();
                    Visit second = new Visit();
                    CompletableFuture<Ends> alice = call("alice", kind, prices, first);
                    Results.await(first.seen);
                    CompletableFuture<Ends> bob = call("bob", kind, prices, second);
                    Results.await(waiting);

                    Results.await(Surroundings.onThreadOf("mallory", () -> first.end.complete("7.30")));
                    Results.await(second.seen);
                    Results.await(Surroundings.onThreadOf("mallory", () -> second.end.complete("7.31")));

                    assertThat(Results.await(alice).after())
                            .isEqualTo(Results.await(alice).before());
                    assertThat(Results.await(bob).after())
                            .isEqualTo(Results.await(bob).before());
                    assertThat(Results.await(second.seen))
                            .isEqualTo(Results.await(bob).before());
                });
    }
}
