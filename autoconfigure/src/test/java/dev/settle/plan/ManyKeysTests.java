package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Throttle;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A key that is not in use leaves nothing. Each method takes just as many keys at once as there are: one that was left
 * would keep one of the next wave out.
 */
class ManyKeysTests {

    private static final int MANY = 100_000;

    private final VirtualTime time = new VirtualTime();

    interface Keyed {

        CompletableFuture<Integer> call(Integer key, CompletableFuture<Integer> work);
    }

    static class WithBulkhead implements Keyed {
        @Override
        @Bulkhead(value = 1, key = "#key", maxKeys = MANY)
        public CompletableFuture<Integer> call(Integer key, CompletableFuture<Integer> work) {
            return work;
        }
    }

    static class WithExclusive implements Keyed {
        @Override
        @Exclusive(key = "#key", maxKeys = MANY)
        public CompletableFuture<Integer> call(Integer key, CompletableFuture<Integer> work) {
            return work;
        }
    }

    static class WithThrottle implements Keyed {
        @Override
        @Throttle(key = "#key", maxKeys = MANY)
        public CompletableFuture<Integer> call(Integer key, CompletableFuture<Integer> work) {
            return work;
        }
    }

    static class WithDebounce implements Keyed {
        @Override
        @Debounce(value = "1s", key = "#key", maxKeys = MANY)
        public CompletableFuture<Integer> call(Integer key, CompletableFuture<Integer> work) {
            return work;
        }
    }

    static Stream<Named<Class<? extends Keyed>>> policies() {
        return Stream.of(
                Named.of("bulkhead", WithBulkhead.class),
                Named.of("exclusive", WithExclusive.class),
                Named.of("throttle", WithThrottle.class),
                Named.of("debounce", WithDebounce.class));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void keysThatAreNotInUseLeaveNothing(Class<? extends Keyed> type) {
        Startup.runner(this.time).withBean(type).run(context -> {
            Keyed keyed = context.getBean(type);
            wave(keyed, 0);
            wave(keyed, MANY);

            assertThat(this.time.pending()).isZero();
        });
    }

    /** All keys are in use at once, one more is refused; then all end. */
    private void wave(Keyed keyed, int first) {
        CompletableFuture<Integer> work = new CompletableFuture<>();
        List<CompletableFuture<Integer>> calls = new ArrayList<>(MANY);
        for (int i = 0; i < MANY; i++) {
            calls.add(keyed.call(first + i, work));
        }
        assertThat(Results.failure(keyed.call(-1, work)))
                .isInstanceOfSatisfying(
                        CallRejectedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.KEYS));
        this.time.advance(Duration.ofSeconds(1));
        work.complete(730);
        assertThat(calls).allMatch(call -> !call.isCompletedExceptionally() && call.isDone());
    }
}
