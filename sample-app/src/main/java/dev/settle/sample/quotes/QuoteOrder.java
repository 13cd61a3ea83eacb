package dev.settle.sample.quotes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** An amount of one currency that somebody wants in another. */
record QuoteOrder(Currency from, Currency to, BigDecimal amount) {

    BigDecimal at(BigDecimal rate) {
        return this.amount.multiply(rate).setScale(this.to.getDefaultFractionDigits(), RoundingMode.HALF_EVEN);
    }
}
