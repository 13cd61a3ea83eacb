package dev.settle.sample.quotes;

import dev.settle.sample.Intake;
import java.net.URI;
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
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Takes orders for quotes, and shows the quotes made. */
@RestController
@RequestMapping("/quotes")
final class QuoteController {

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
