package dev.settle.metrics;

import io.micrometer.observation.Observation;

/** What is known of an observed call. Its error is how it failed. */
public final class CallObservationContext extends Observation.Context {

    private final String policies;

    CallObservationContext(String policies) {
        this.policies = policies;
    }

    /** The name of the method's policies. */
    public String policies() {
        return this.policies;
    }
}
