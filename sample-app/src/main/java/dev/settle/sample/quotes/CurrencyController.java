package dev.settle.sample.quotes;

import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the currencies. */
@RestController
final class CurrencyController {

    private final Currencies currencies;

    CurrencyController(Currencies currencies) {
        this.currencies = currencies;
    }

    record Listed(String code, String name, int digits) {

        static Listed of(Currency currency) {
            return new Listed(
                    currency.getCurrencyCode(),
                    currency.getDisplayName(Locale.ENGLISH),
                    currency.getDefaultFractionDigits());
        }
    }

    @GetMapping("/currencies")
    List<Listed> all() {
        return this.currencies.all().stream().map(Listed::of).toList();
    }
}
