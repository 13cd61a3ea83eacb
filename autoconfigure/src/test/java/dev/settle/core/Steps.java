package dev.settle.core;

/** Steps as policies, for tests that need one that Settle has not. */
public final class Steps {

    private Steps() {}

    public static StepPolicy policy(Step step) {
        return new Single(step);
    }

    private static final class Single extends StepPolicy {

        Single(Step step) {
            super(step);
        }
    }
}
