package dev.settle.sample.quotes;

import dev.settle.sample.rates.Answer;
import dev.settle.sample.rates.RateCache;
import dev.settle.sample.rates.Rates;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DuplicateKeyException;
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

    /**
     * The quote of an order. Ordered again under the same id, it is the same quote: whoever does not know whether the desk
     * has got his order may ask once more.
     */
    CompletableFuture<Quote> quote(UUID id, QuoteOrder order) {
        Optional<Quote> known = find(id.toString());
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        // The answers come on threads of the HTTP client and of Settle: the database is not their business.
        return this.rates
                .ask(order.from().getCurrencyCode(), order.to().getCurrencyCode())
                .thenApplyAsync(answers -> accept(id, order, answers), this.executor);
    }

    private Quote accept(UUID id, QuoteOrder order, List<Answer> answers) {
        Quote quote = Quote.of(id, order, answers);
        try {
            this.store.save(quote);
        } catch (DuplicateKeyException ex) {
            // Ordered twice at the same time, and the other was faster.
            return find(quote.id()).orElseThrow();
        }
        this.outbox.add(quote);
        this.cache.put(quote.from(), quote.to(), quote.rate());
        return quote;
    }

    Optional<Quote> find(String id) {
        return this.store.find(id);
    }
}
