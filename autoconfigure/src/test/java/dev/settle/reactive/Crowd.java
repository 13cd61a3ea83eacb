package dev.settle.reactive;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Policies under which many calls meet in real time: short limits, long lines. */
class Crowd {

    /** Calls one of the methods, whatever it returns. */
    @FunctionalInterface
    interface Calling {
        Publisher<Integer> call(Crowd crowd, Supplier<Flux<Integer>> work);
    }

    /** Each policy, for one value and for a stream. */
    enum Policy {
        BULKHEAD((crowd, work) -> crowd.bulkhead(one(work)), Crowd::bulkheadStream),
        EXCLUSIVE((crowd, work) -> crowd.exclusive(one(work)), Crowd::exclusiveStream),
        JOIN((crowd, work) -> crowd.join(one(work)), Crowd::joinStream),
        THROTTLE((crowd, work) -> crowd.throttle(one(work)), Crowd::throttleStream),
        RETRY((crowd, work) -> crowd.retry(one(work)), Crowd::retryStream),
        TIMEOUT((crowd, work) -> crowd.timeout(one(work)), Crowd::timeoutStream),
        DEBOUNCE((crowd, work) -> crowd.debounce(one(work)), Crowd::debounceStream);

        private final Calling single;
        private final Calling stream;

        Policy(Calling single, Calling stream) {
            this.single = single;
            this.stream = stream;
        }

        private static Supplier<Mono<Integer>> one(Supplier<Flux<Integer>> work) {
            return () -> work.get().singleOrEmpty();
        }

        Stream<Calling> callings() {
            return Stream.of(this.single, this.stream);
        }
    }

    @Bulkhead(value = 2, maxWait = "1m")
    public Mono<Integer> bulkhead(Supplier<Mono<Integer>> work) {
        return work.get();
    }

    @Bulkhead(value = 2, maxWait = "1m")
    public Flux<Integer> bulkheadStream(Supplier<Flux<Integer>> work) {
        return work.get();
    }

    @Exclusive(maxWait = "1m")
    public Mono<Integer> exclusive(Supplier<Mono<Integer>> work) {
        return work.get();
    }

    @Exclusive(maxWait = "1m")
    public Flux<Integer> exclusiveStream(Supplier<Flux<Integer>> work) {
        return work.get();
    }

    @Exclusive(onConflict = OnConflict.JOIN)
    public Mono<Integer> join(Supplier<Mono<Integer>> work) {
        return work.get();
    }

    @Exclusive(onConflict = OnConflict.JOIN)
    public Flux<Integer> joinStream(Supplier<Flux<Integer>> work) {
        return work.get();
    }

    @Throttle(limit = 5, window = "5ms", maxWait = "1m")
    public Mono<Integer> throttle(Supplier<Mono<Integer>> work) {
        return work.get();
    }

    @Throttle(limit = 5, window = "5ms", maxWait = "1m")
    public Flux<Integer> throttleStream(Supplier<Flux<Integer>> work) {
        return work.get();
    }

    @Retry(maxRetries = 50, delay = "1ms", maxDelay = "2ms")
    public Mono<Integer> retry(Supplier<Mono<Integer>> work) {
        return work.get();
    }

    @Retry(maxRetries = 50, delay = "1ms", maxDelay = "2ms")
    public Flux<Integer> retryStream(Supplier<Flux<Integer>> work) {
        return work.get();
    }

    @Timeout("1m")
    public Mono<Integer> timeout(Supplier<Mono<Integer>> work) {
        return work.get();
    }

    @Timeout("1m")
    public Flux<Integer> timeoutStream(Supplier<Flux<Integer>> work) {
        return work.get();
    }

    @Debounce(value = "2ms", maxWait = "10ms")
    public Mono<Integer> debounce(Supplier<Mono<Integer>> work) {
        return work.get();
    }

    @Debounce(value = "2ms", maxWait = "10ms")
    public Flux<Integer> debounceStream(Supplier<Flux<Integer>> work) {
        return work.get();
    }
}
