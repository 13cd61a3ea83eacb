package dev.settle.sample.quotes;

import java.util.Collection;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The currencies that are legal tender somewhere: ISO 4217, as the JDK knows it. */
@Component
final class Currencies {

    private final SortedMap<String, Currency> byCode = new TreeMap<>();

    Currencies() {
        Stream.of(Locale.getISOCountries())
                .map(country -> Currency.getInstance(
                        new Locale.Builder().setRegion(country).build()))
                .filter(Objects::nonNull)
                .forEach(currency -> this.byCode.put(currency.getCurrencyCode(), currency));
    }

    Collection<Currency> all() {
        return this.byCode.values();
    }

    @Nullable
    Currency find(@Nullable String code) {
        return code == null ? null : this.byCode.get(code);
    }
}
