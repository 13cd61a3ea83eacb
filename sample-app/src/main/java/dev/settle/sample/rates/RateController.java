package dev.settle.sample.rates;

import java.math.BigDecimal;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the last rate of each pair. */
@RestController
final class RateController {

    private final RateCache cache;

    RateController(RateCache cache) {
        this.cache = cache;
    }

    @GetMapping("/rates")
    Map<String, BigDecimal> rates() {
        return this.cache.rates();
    }
}
