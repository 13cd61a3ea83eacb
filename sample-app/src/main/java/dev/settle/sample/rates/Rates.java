package dev.settle.sample.rates;

import dev.settle.sample.DeskProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/** Asks every provider at once, and is content with the first two that answer. */
@Component
public final class Rates {

    private static final int WANTED = 2;

    private final List<String> providers;
    private final RateClient client;

    Rates(DeskProperties desk, RateClient client) {
        this.providers = desk.providers();
        this.client = client;
    }

    /** What became of each question; at least two answers are good. */
    public CompletableFuture<List<Answer>> ask(String from, String to) {
        Map<String, CompletableFuture<Rate>> calls = new LinkedHashMap<>();
        for (String provider : this.providers) {
            calls.put(provider, this.client.rate(provider, from, to));
        }
        return FirstGood.of(WANTED, calls);
    }
}
