package dev.settle.sample.quotes;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the currencies. */
@RestController
final class CurrencyController {

    private final Currencies currencies;

    CurrencyController(Currencies currencies) {
        this.currencies = currencies;
    }

    @GetMapping("/currencies")
    List<Listed> all() {
        return this.currencies.all().stream().map(Listed::of).toList();
    }
}
