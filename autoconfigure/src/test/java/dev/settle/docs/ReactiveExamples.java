package dev.settle.docs;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Timeout;
import dev.settle.reactive.ReactiveAbortSignal;
import reactor.core.publisher.Flux;

/** The code on the page on methods that is about publishers. */
class ReactiveExamples {

    record Quote(String symbol, long cents) {}

    interface Feed {
        Flux<Quote> open(String symbol, AbortSignal signal);
    }

    private final Feed feed;

    ReactiveExamples(Feed feed) {
        this.feed = feed;
    }

    @Bulkhead(10)
    @Timeout(value = "30s", scope = Timeout.Scope.TOTAL)
    Flux<Quote> quotes(String symbol) {
        return ReactiveAbortSignal.current().flatMapMany(signal -> this.feed.open(symbol, signal));
    }
}
