package dev.settle.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Retry.Jitter;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.annotation.Timeout.Scope;
import dev.settle.autoconfigure.Startup;
import dev.settle.plan.RunTimeTuning;
import dev.settle.test.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Policies on methods that return a {@code Mono}, and on some that return a {@code Flux}; a test says what is returned. */
class Catalog {

    /** What a test does with a catalog. */
    @FunctionalInterface
    interface Use {
        void with(Catalog catalog) throws Exception;
    }

    /** What a test does with a catalog whose settings change. */
    @FunctionalInterface
    interface TunedUse {
        void with(Catalog catalog, RunTimeTuning tuning) throws Exception;
    }

    /** The catalog as a bean, in virtual time. When the test is over, nothing of its calls may be left. */
    static void in(VirtualTime time, Use test) {
        tunedIn(time, (catalog, tuning) -> test.with(catalog));
    }

    static void tunedIn(VirtualTime time, TunedUse test) {
        Startup.runner(time).withBean("catalog", Catalog.class).run(context -> {
            test.with(context.getBean(Catalog.class), context.getBean(RunTimeTuning.class));
            assertThat(time.pending()).as("timers").isZero();
            List<String> inFlight = new ArrayList<>();
            context.getBean(AsyncAbortController.class).inFlight().forEach(work -> inFlight.add(work.toString()));
            assertThat(inFlight).as("calls in flight").isEmpty();
        });
    }

    @Bulkhead(1)
    public <T> Mono<T> limited(Supplier<Mono<T>> work) {
        return work.get();
    }

    @Bulkhead(1)
    public <T> Flux<T> limitedStream(Supplier<Flux<T>> work) {
        return work.get();
    }

    @Exclusive
    public <T> Mono<T> alone(Supplier<Mono<T>> work) {
        return work.get();
    }

    @Exclusive
    public <T> Flux<T> aloneStream(Supplier<Flux<T>> work) {
        return work.get();
    }

    @Throttle
    public <T> Mono<T> paced(Supplier<Mono<T>> work) {
        return work.get();
    }

    @Throttle
    public <T> Flux<T> pacedStream(Supplier<Flux<T>> work) {
        return work.get();
    }

    @Retry(maxRetries = 2, delay = "1s", multiplier = 1, jitter = Jitter.NONE)
    public <T> Mono<T> retried(Supplier<Mono<T>> work) {
        return work.get();
    }

    @Retry(maxRetries = 2, delay = "1s", multiplier = 1, jitter = Jitter.NONE)
    public <T> Flux<T> retriedStream(Supplier<Flux<T>> work) {
        return work.get();
    }

    @Timeout("5s")
    public <T> Mono<T> timed(Supplier<Mono<T>> work) {
        return work.get();
    }

    @Timeout("5s")
    public <T> Flux<T> timedStream(Supplier<Flux<T>> work) {
        return work.get();
    }

    @Timeout("5s")
    @Retry(maxRetries = 1, delay = "1s", jitter = Jitter.NONE, includes = RuntimeException.class)
    public <T> Flux<T> timedAttempts(Supplier<Flux<T>> work) {
        return work.get();
    }

    @Timeout(value = "5s", scope = Scope.TOTAL)
    @Retry(maxRetries = 9, delay = "2s", multiplier = 1, jitter = Jitter.NONE)
    public <T> Flux<T> timedInAll(Supplier<Flux<T>> work) {
        return work.get();
    }

    @Debounce("1s")
    public <T> Mono<T> debounced(Supplier<Mono<T>> work) {
        return work.get();
    }

    @Debounce("1s")
    public <T> Flux<T> debouncedStream(Supplier<Flux<T>> work) {
        return work.get();
    }

    @Debounce(value = "1s", superseded = Debounce.Superseded.CANCEL)
    public <T> Mono<T> latest(Supplier<Mono<T>> work) {
        return work.get();
    }

    @Debounce(value = "1s", leading = true, trailing = false, superseded = Debounce.Superseded.CANCEL)
    public <T> Flux<T> leadingStream(Supplier<Flux<T>> work) {
        return work.get();
    }

    @Throttle(excess = Throttle.Excess.SHARE)
    public <T> Mono<T> trailing(Supplier<Mono<T>> work) {
        return work.get();
    }

    @Throttle(excess = Throttle.Excess.SHARE)
    public <T> Flux<T> trailingStream(Supplier<Flux<T>> work) {
        return work.get();
    }

    @Exclusive(onConflict = OnConflict.JOIN)
    public <T> Mono<T> joined(Supplier<Mono<T>> work) {
        return work.get();
    }

    @Exclusive(onConflict = OnConflict.JOIN)
    public <T> Flux<T> joinedStream(Supplier<Flux<T>> work) {
        return work.get();
    }

    @Exclusive(onConflict = OnConflict.REPLACE)
    public <T> Mono<T> replaced(Supplier<Mono<T>> work) {
        return work.get();
    }

    @Exclusive(onConflict = OnConflict.REPLACE)
    public <T> Flux<T> replacedStream(Supplier<Flux<T>> work) {
        return work.get();
    }
}
