package dev.settle.sample.quotes;

import dev.settle.sample.rates.Answer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What the desk offers.
 *
 * @param rate the median of the rates it was given
 * @param result the amount in the other currency
 * @param providers what became of the question to each
 */
record Quote(
        String id,
        String from,
        String to,
        BigDecimal amount,
        BigDecimal rate,
        BigDecimal result,
        Instant at,
        List<Answer> providers) {

    private static final MathContext PRECISION = new MathContext(8);

    /** As the currencies are written, whatever the database makes of the numbers. */
    Quote {
        amount = amount.setScale(digits(from));
        result = result.setScale(digits(to));
        rate = rate.setScale(Math.max(0, rate.stripTrailingZeros().scale()));
    }

    private static int digits(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }

    static Quote of(UUID id, QuoteOrder order, List<Answer> answers) {
        BigDecimal rate = median(answers);
        return new Quote(
                id.toString(),
                order.from().getCurrencyCode(),
                order.to().getCurrencyCode(),
                order.amount(),
                rate,
                order.at(rate),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                answers);
    }

    /** Whether this is what was ordered. */
    boolean isFor(QuoteOrder order) {
        return this.from.equals(order.from().getCurrencyCode())
                && this.to.equals(order.to().getCurrencyCode())
                && this.amount.compareTo(order.amount()) == 0;
    }

    private static BigDecimal median(List<Answer> answers) {
        List<BigDecimal> rates = answers.stream()
                .map(Answer::rate)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        BigDecimal lower = rates.get((rates.size() - 1) / 2);
        BigDecimal upper = rates.get(rates.size() / 2);
        return lower.add(upper).divide(BigDecimal.valueOf(2), PRECISION);
    }
}
