package dev.settle.chaos;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A bean with all policies around every kind of method; the settings of a round decide which of them are there. */
class Chaotic {

    static final String NAME = "chaotic";

    @Retry(name = NAME, delay = "1ms")
    @Timeout(name = NAME, value = "20ms")
    @Timeout(name = NAME, value = "200ms", scope = Timeout.Scope.TOTAL)
    @Throttle(name = NAME, limit = 20, window = "5ms")
    @Exclusive(name = NAME, key = "#p0")
    @Bulkhead(name = NAME, value = 3)
    CompletableFuture<String> stage(String key, Errand errand) {
        return errand.start(0);
    }

    @Retry(name = NAME, delay = "1ms")
    @Timeout(name = NAME, value = "20ms")
    @Timeout(name = NAME, value = "200ms", scope = Timeout.Scope.TOTAL)
    @Throttle(name = NAME, limit = 20, window = "5ms")
    @Exclusive(name = NAME, key = "#p0")
    @Bulkhead(name = NAME, value = 3)
    String value(String key, Errand errand) throws Exception {
        return errand.run(1);
    }

    @Retry(name = NAME, delay = "1ms")
    @Timeout(name = NAME, value = "20ms")
    @Exclusive(name = NAME, key = "#p0")
    @Bulkhead(name = NAME, value = 3)
    Mono<String> mono(String key, Errand errand) {
        return Mono.defer(() -> Mono.fromFuture(errand.start(2)));
    }

    @Timeout(name = NAME, value = "20ms")
    @Exclusive(name = NAME, key = "#p0")
    @Bulkhead(name = NAME, value = 3)
    Flux<String> flux(String key, Errand errand) {
        return Flux.defer(() -> Mono.fromFuture(errand.start(3)).flux());
    }

    @Debounce(name = NAME, value = "2ms", maxWait = "10ms", key = "#p0")
    @Bulkhead(name = NAME, value = 3)
    CompletableFuture<String> debounced(String key, Errand errand) {
        return errand.start(4);
    }
}
