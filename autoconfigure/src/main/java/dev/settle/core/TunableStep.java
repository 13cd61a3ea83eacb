package dev.settle.core;

/**
 * A step whose settings may change while calls are inside.
 *
 * @param <S> the settings
 */
public interface TunableStep<S> extends Step {

    /**
     * Goes on with other settings, which have been checked: this must not fail. Who runs is not disturbed, who waits keeps
     * its place, and a call that looks at the settings again, such as for its next attempt, finds the new ones. Calls of
     * this method come one after another.
     */
    void tune(S settings);

    /** The policy is switched off, and calls that come later do not come by: what it holds back is to be let go. */
    default void switchedOff() {}
}
