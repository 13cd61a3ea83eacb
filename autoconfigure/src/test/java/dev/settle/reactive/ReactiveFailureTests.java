package dev.settle.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a subscriber gets instead of a value. */
class ReactiveFailureTests {

    private final VirtualTime time = new VirtualTime();
    private final List<Throwable> thrown = new ArrayList<>();

    static class Doors {

        @Retry(maxRetries = 7, delay = "1s", multiplier = 1)
        public Mono<String> knock(List<Throwable> failures) {
            return Mono.error(() -> next(failures));
        }

        @Retry(maxRetries = 7, delay = "1s", multiplier = 1)
        public Flux<String> ring(List<Throwable> failures) {
            return Flux.error(() -> next(failures));
        }

        private static Throwable next(List<Throwable> failures) {
            IOException failure = new IOException("attempt " + (failures.size() + 1));
            failures.add(failure);
            return failure;
        }

        @Bulkhead(value = 1, maxWait = "0s")
        public Mono<String> narrow() {
            return Mono.never();
        }

        @Exclusive(onConflict = Exclusive.OnConflict.REJECT)
        public Flux<String> single() {
            return Flux.never();
        }

        @Throttle(excess = Throttle.Excess.REJECT)
        public Mono<String> slow() {
            return Mono.empty();
        }
    }

    interface Use {
        void with(Doors doors);
    }

    private void doors(Use use) {
        Startup.runner(this.time).withBean(Doors.class).run(context -> {
            use.with(context.getBean(Doors.class));
            assertThat(this.time.pending()).isZero();
        });
    }

    @Test
    void theLastFailureOfAMonoComesAsItIsWithTheFiveBeforeIt() {
        doors(doors -> {
            Seen<String> seen = Seen.of(doors.knock(this.thrown));
            this.time.advance(Duration.ofSeconds(9));

            assertThat(this.thrown).hasSize(8);
            assertThat(seen.signals()).containsExactly(this.thrown.get(7));
            assertThat(seen.failure().getSuppressed())
                    .containsExactly(this.thrown.subList(2, 7).toArray(Throwable[]::new));
        });
    }

    @Test
    void theLastFailureOfAStreamComesAsItIsWithTheFiveBeforeIt() {
        doors(doors -> {
            Seen<String> seen = Seen.of(doors.ring(this.thrown));
            this.time.advance(Duration.ofSeconds(9));

            assertThat(this.thrown).hasSize(8);
            assertThat(seen.signals()).containsExactly(this.thrown.get(7));
            assertThat(seen.failure().getSuppressed())
                    .containsExactly(this.thrown.subList(2, 7).toArray(Throwable[]::new));
        });
    }

    @Test
    void aCancellationThatTheWorkReportsIsNotTriedAgain() {
        CancellationException given = new CancellationException();
        Catalog.in(this.time, catalog -> {
            assertThat(Seen.of(catalog.retried(() -> Mono.error(given))).signals())
                    .containsExactly(given);
            assertThat(Seen.of(catalog.retriedStream(() -> Flux.error(given))).signals())
                    .containsExactly(given);
        });
    }

    @Test
    void aFullBulkheadRefusesASubscription() {
        doors(doors -> {
            Seen<String> first = Seen.of(doors.narrow());

            assertThat(Seen.of(doors.narrow()).failure())
                    .isInstanceOfSatisfying(
                            CallRejectedException.class,
                            refused -> assertThat(refused.reason()).isIn(Reason.QUEUE_FULL, Reason.WAIT_EXCEEDED));
            first.cancel();
        });
    }

    @Test
    void anExclusiveStreamRefusesAnotherSubscription() {
        doors(doors -> {
            Seen<String> first = Seen.of(doors.single());

            assertThat(Seen.of(doors.single()).failure())
                    .isInstanceOfSatisfying(
                            CallRejectedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.CONFLICT));
            first.cancel();
        });
    }

    @Test
    void aThrottleThatRefusesSaysWhenToComeAgain() {
        doors(doors -> {
            Seen.of(doors.slow());

            assertThat(Seen.of(doors.slow()).failure()).isInstanceOfSatisfying(CallRejectedException.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reason.RATE);
                assertThat(refused.retryAfter()).contains(Duration.ofSeconds(1));
            });
        });
    }
}
