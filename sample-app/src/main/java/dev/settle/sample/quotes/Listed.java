package dev.settle.sample.quotes;

import java.util.Currency;
import java.util.Locale;

/** A currency as clients see it. */
record Listed(String code, String name, int digits) {

    static Listed of(Currency currency) {
        return new Listed(
                currency.getCurrencyCode(),
                currency.getDisplayName(Locale.ENGLISH),
                currency.getDefaultFractionDigits());
    }
}
