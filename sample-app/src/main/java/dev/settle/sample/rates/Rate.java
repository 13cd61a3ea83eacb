package dev.settle.sample.rates;

import java.math.BigDecimal;

/**
 * What one provider says.
 *
 * @param value units of the other currency for one unit
 */
public record Rate(String provider, BigDecimal value) {}
