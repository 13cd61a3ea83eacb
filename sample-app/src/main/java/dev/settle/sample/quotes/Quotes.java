package dev.settle.sample.quotes;

import dev.settle.sample.rates.Answer;
import dev.settle.sample.rates.RateCache;
import dev.settle.sample.rates.Rates;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;

/** Makes quotes: a quote counts when it is in the database and on its way to the outbox. */
@Service
final class Quotes {

    private final Rates rates;
    private final RateCache cache;
    private final QuoteStore store;
    private final Outbox outbox;
    private final Executor executor;

    Quotes(
            Rates rates,
            RateCache cache,
            QuoteStore store,
            Outbox outbox,
            @Qualifier("applicationTaskExecutor") Executor executor) {
        this.rates = rates;
        this.cache = cache;
        this.store = store;
        this.outbox = outbox;
        this.executor = executor;
    }

    CompletableFuture<Quote> quote(QuoteOrder order) {
        // The answers come on threads of the HTTP client and of Settle: the database is not their business.
        return this.rates
                .ask(order.from().getCurrencyCode(), order.to().getCurrencyCode())
                .thenApplyAsync(answers -> accept(order, answers), this.executor);
    }

    private Quote accept(QuoteOrder order, List<Answer> answers) {
        Quote quote = Quote.of(order, answers);
        this.store.save(quote);
        this.outbox.add(quote);
        this.cache.put(quote.from(), quote.to(), quote.rate());
        return quote;
    }

    Optional<Quote> find(String id) {
        return this.store.find(id);
    }
}
