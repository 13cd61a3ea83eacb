package dev.settle.lifecycle;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Retry;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A service whose calls are subscriptions; the test says to what. */
class Ferry {

    @Bulkhead(1)
    public <T> Mono<T> carry(Supplier<Mono<T>> work) {
        return work.get();
    }

    @Bulkhead(1)
    public <T> Flux<T> carryAll(Supplier<Flux<T>> work) {
        return work.get();
    }

    @Retry(delay = "1h", maxDelay = "1h", jitter = Retry.Jitter.NONE)
    public <T> Mono<T> insist(Supplier<Mono<T>> work) {
        return work.get();
    }

    @Debounce("1h")
    public <T> Mono<T> gather(Supplier<Mono<T>> work) {
        return work.get();
    }
}
