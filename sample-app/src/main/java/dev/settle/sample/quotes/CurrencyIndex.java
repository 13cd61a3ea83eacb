package dev.settle.sample.quotes;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Finds currencies by a part of their code or name. */
@Component
final class CurrencyIndex {

    private static final int MOST = 10;

    private final AtomicLong searches = new AtomicLong();
    private final Currencies currencies;

    CurrencyIndex(Currencies currencies) {
        this.currencies = currencies;
    }

    /**
     * What was found.
     *
     * @param text what was searched for
     * @param search how many searches there have been
     */
    record Found(String text, long search, List<Listed> hits) {}

    Found find(String text) {
        String part = text.strip().toLowerCase(Locale.ROOT);
        List<Listed> hits = this.currencies.all().stream()
                .map(Listed::of)
                .filter(listed -> listed.code().toLowerCase(Locale.ROOT).contains(part)
                        || listed.name().toLowerCase(Locale.ROOT).contains(part))
                .limit(MOST)
                .toList();
        return new Found(text, this.searches.incrementAndGet(), hits);
    }
}
