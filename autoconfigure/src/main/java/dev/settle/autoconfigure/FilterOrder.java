package dev.settle.autoconfigure;

import org.springframework.core.Ordered;

/** Where Settle's web filters go. */
final class FilterOrder {

    /** Outside of all that may make calls: only what decodes, measures and traces a request comes before it. */
    static final int ABORT_SIGNAL = Ordered.HIGHEST_PRECEDENCE + 20;

    private FilterOrder() {}
}
