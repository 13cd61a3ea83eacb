package dev.settle.metrics;

import dev.settle.core.CallOutcome;
import dev.settle.metrics.SettleObservation.CallKeys;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** What an observation of a call says; a bean of this type takes the place of the default. */
public interface CallObservationConvention extends ObservationConvention<CallObservationContext> {

    /** Names and keys as {@link SettleObservation#CALL} has them. */
    CallObservationConvention DEFAULT = new CallObservationConvention() {};

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof CallObservationContext;
    }

    @Override
    default String getName() {
        return "settle.call";
    }

    @Override
    default String getContextualName(CallObservationContext context) {
        return context.policies();
    }

    @Override
    default KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
        return KeyValues.of(
                CallKeys.NAME.withValue(context.policies()),
                CallKeys.OUTCOME.withValue(CallOutcome.of(context.getError()).word()));
    }
}
