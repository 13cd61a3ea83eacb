package dev.settle.sample.quotes;

import java.math.BigDecimal;
import java.util.Currency;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What a client sends; anything may be missing or wrong. */
record QuoteRequest(
        @Nullable String from,
        @Nullable String to,
        @Nullable BigDecimal amount) {

    private static final BigDecimal MOST = new BigDecimal("1000000000000");

    /** The order it stands for; else 400 says what to change. */
    QuoteOrder check(Currencies known) {
        Currency source = currency("from", this.from, known);
        Currency target = currency("to", this.to, known);
        if (source.equals(target)) {
            throw bad("'from' and 'to' must differ");
        }
        return new QuoteOrder(source, target, amountIn(source));
    }

    private static Currency currency(String field, @Nullable String code, Currencies known) {
        Currency currency = known.find(code);
        if (currency == null) {
            throw bad("'" + field + "' must be a code of GET /currencies, such as EUR, not " + code);
        }
        return currency;
    }

    private BigDecimal amountIn(Currency currency) {
        if (this.amount == null || this.amount.signum() <= 0 || this.amount.compareTo(MOST) > 0) {
            throw bad("'amount' must be more than 0 and at most " + MOST + ", not " + this.amount);
        }
        int digits = currency.getDefaultFractionDigits();
        if (this.amount.stripTrailingZeros().scale() > digits) {
            throw bad("'amount' must have at most " + digits + " decimals in " + currency);
        }
        return this.amount.setScale(digits);
    }

    private static ResponseStatusException bad(String message) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, message);
    }
}
