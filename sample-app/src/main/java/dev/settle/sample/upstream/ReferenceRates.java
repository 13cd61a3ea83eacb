package dev.settle.sample.upstream;

import java.util.Map;

/** What a currency is worth, roughly; of the rarer ones, only that it is always the same. */
final class ReferenceRates {

    /** Units for one euro. */
    private static final Map<String, Double> PER_EURO = Map.of(
            "EUR", 1.0, "USD", 1.08, "GBP", 0.85, "CHF", 0.95, "JPY", 163.0, "SEK", 11.4, "NOK", 11.7, "CAD", 1.48,
            "AUD", 1.64, "INR", 90.5);

    private ReferenceRates() {}

    static double of(String from, String to) {
        return perEuro(to) / perEuro(from);
    }

    private static double perEuro(String currency) {
        return PER_EURO.getOrDefault(currency, 1 + Math.floorMod(currency.hashCode(), 10_000) / 100.0);
    }
}
