package dev.settle.metrics;

import io.micrometer.observation.Observation;

/** What is known of an observed attempt. Its error is how it failed. */
public final class AttemptObservationContext extends Observation.Context {

    private final String policies;
    private final int attempt;

    AttemptObservationContext(String policies, int attempt) {
        this.policies = policies;
        this.attempt = attempt;
    }

    /** The name of the method's policies. */
    public String policies() {
        return this.policies;
    }

    /** The number of the attempt, from one. */
    public int attempt() {
        return this.attempt;
    }
}
