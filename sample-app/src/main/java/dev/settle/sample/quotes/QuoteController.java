package dev.settle.sample.quotes;

import dev.settle.flow.Each;
import dev.settle.sample.Intake;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Takes orders for quotes, and shows the quotes made. */
@RestController
@RequestMapping("/quotes")
final class QuoteController {

    private static final int MOST_AT_ONCE = 100;

    private final Intake intake;
    private final Currencies currencies;
    private final Quotes quotes;

    QuoteController(Intake intake, Currencies currencies, Quotes quotes) {
        this.intake = intake;
        this.currencies = currencies;
        this.quotes = quotes;
    }

    /** With a key, the order may be repeated: it gets the quote that it has, if it has one. */
    @PostMapping
    CompletableFuture<ResponseEntity<Quote>> quote(
            @RequestBody QuoteRequest request,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable UUID key) {
        QuoteOrder order = request.check(this.currencies);
        this.intake.enter();
        return this.quotes.quote(key == null ? UUID.randomUUID() : key, order).thenApply(quote -> answer(order, quote));
    }

    /**
     * The same order many times at once. A browser opens six connections to a server, so a page that asks for each would fill
     * no bulkhead. Who goes away gives up all of them.
     */
    @PostMapping("/burst")
    CompletableFuture<List<Offer>> burst(
            @RequestBody QuoteRequest request, @RequestParam(defaultValue = "20") int times) {
        QuoteOrder order = request.check(this.currencies);
        if (times < 1 || times > MOST_AT_ONCE) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "'times' must be between 1 and " + MOST_AT_ONCE + ", not " + times);
        }
        return Each.of(Collections.nCopies(times, order)).map(this::offer);
    }

    private CompletableFuture<Offer> offer(QuoteOrder order) {
        this.intake.enter();
        long start = System.nanoTime();
        return this.quotes
                .quote(UUID.randomUUID(), order)
                .handle((quote, failure) -> Offer.of(quote, failure, System.nanoTime() - start));
    }

    private static ResponseEntity<Quote> answer(QuoteOrder order, Quote quote) {
        if (!quote.isFor(order)) {
            throw new ResponseStatusException(
                    HttpStatus.UNPROCESSABLE_CONTENT, "'Idempotency-Key' is that of another order");
        }
        return ResponseEntity.created(URI.create("/quotes/" + quote.id())).body(quote);
    }

    @GetMapping("/{id}")
    Quote find(@PathVariable String id) {
        return this.quotes
                .find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such quote"));
    }
}
