package dev.settle.sample.accounts;

import java.math.BigDecimal;

/** Somebody's money in one currency. */
record Account(String id, String currency, BigDecimal balance) {}
