package dev.settle.sample.accounts;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Money that shall go from one account to another; anything may be missing or wrong. */
record Transfer(
        @Nullable String from,
        @Nullable String to,
        @Nullable BigDecimal amount) {}
