package dev.settle.cluster;

import java.time.Duration;

/**
 * The answer to a question for a start.
 *
 * @param allowed whether it may start now, and counts
 * @param retryAfter when asking again may help; zero for one that is allowed
 */
public record RateDecision(boolean allowed, Duration retryAfter) {

    /** It may start. */
    public static final RateDecision ALLOWED = new RateDecision(true, Duration.ZERO);

    /** Not before some time has passed. */
    public static RateDecision notBefore(Duration retryAfter) {
        return new RateDecision(false, retryAfter);
    }
}
