package dev.settle.kotlin;

import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowCollector;
import org.jspecify.annotations.Nullable;

/** A flow may have nulls among its values, which no publisher has: on the way through one something else stands for them. */
final class Nulls {

    private static final Object NULL = new Object();

    private Nulls() {}

    @SuppressWarnings("NullAway") // a value may be null
    static Flow<Object> hidden(Flow<Object> flow) {
        return (collector, end) -> flow.collect((value, next) -> collector.emit(hide(value), next), end);
    }

    @SuppressWarnings("NullAway") // a value may be null
    static FlowCollector<Object> shown(FlowCollector<? super Object> collector) {
        return (value, next) -> collector.emit((value == NULL) ? null : value, next);
    }

    private static Object hide(@Nullable Object value) {
        return (value == null) ? NULL : value;
    }
}
