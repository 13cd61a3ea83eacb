package dev.settle.metrics;

import dev.settle.core.CallOutcome;
import dev.settle.metrics.SettleObservation.AttemptKeys;
import dev.settle.metrics.SettleObservation.AttemptNumber;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** What an observation of an attempt says; a bean of this type takes the place of the default. */
public interface AttemptObservationConvention extends ObservationConvention<AttemptObservationContext> {

    /** Names and keys as {@link SettleObservation#ATTEMPT} has them. */
    AttemptObservationConvention DEFAULT = new AttemptObservationConvention() {};

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof AttemptObservationContext;
    }

    @Override
    default String getName() {
        return "settle.attempt";
    }

    @Override
    default String getContextualName(AttemptObservationContext context) {
        return context.policies() + " attempt";
    }

    @Override
    default KeyValues getLowCardinalityKeyValues(AttemptObservationContext context) {
        return KeyValues.of(
                AttemptKeys.NAME.withValue(context.policies()),
                AttemptKeys.OUTCOME.withValue(
                        (context.getError() == null ? CallOutcome.SUCCESS : CallOutcome.FAILURE).word()));
    }

    @Override
    default KeyValues getHighCardinalityKeyValues(AttemptObservationContext context) {
        return KeyValues.of(AttemptNumber.ATTEMPT.withValue(String.valueOf(context.attempt())));
    }
}
