package dev.settle.cluster;

import dev.settle.core.InvalidSettingException;
import java.time.Duration;

/**
 * How an instance goes about with the engine.
 *
 * @param onFailure what becomes of calls while the engine is away
 * @param leaseTime how long a lease holds that is not renewed
 * @param renewal how often it is renewed
 * @param commandTimeout how long the engine may take for an answer
 * @param prefix what keys begin with
 */
public record ClusterSettings(
        OnFailure onFailure, Duration leaseTime, Duration renewal, Duration commandTimeout, String prefix) {

    /** What becomes of calls while the engine is away. */
    public enum OnFailure {
        /** They are refused with {@code ENGINE}. */
        FAIL,
        /** They count in their own instance only. */
        LOCAL
    }

    /** Checks the settings. */
    public ClusterSettings {
        positive("lease-time", leaseTime);
        positive("renewal", renewal);
        positive("command-timeout", commandTimeout);
        InvalidSettingException.check(
                renewal.multipliedBy(2).compareTo(leaseTime) <= 0,
                "renewal",
                "a lease of " + leaseTime + " that is renewed every " + renewal
                        + " is lost with the first answer that is late",
                "renew at least twice in a lease");
        InvalidSettingException.check(!prefix.isBlank(), "prefix", "it is blank", "name the application");
    }

    private static void positive(String name, Duration duration) {
        InvalidSettingException.check(
                !duration.isNegative() && !duration.isZero(), name, duration + " is no time", "use one such as 5s");
    }
}
