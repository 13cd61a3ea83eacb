package dev.settle.core;

import dev.settle.time.Nanos;
import java.time.Duration;

/**
 * How long a call may wait in line, and with how many others.
 *
 * @param maxWait the longest wait; zero: none
 * @param queueCapacity how many may wait; zero: none
 */
public record WaitBounds(Duration maxWait, int queueCapacity) {

    /** Half a minute, a thousand callers. */
    public static final WaitBounds DEFAULT = new WaitBounds(Duration.ofSeconds(30), 1000);

    /** Checks the bounds. */
    public WaitBounds {
        InvalidSettingException.check(
                !maxWait.isNegative(), "maxWait", maxWait + " is negative", "use \"0s\" for no waiting");
        InvalidSettingException.check(
                queueCapacity >= 0, "queueCapacity", queueCapacity + " is negative", "use 0 for no waiting");
    }

    /** Reads the bounds of a policy. */
    public static WaitBounds of(Attributes attributes) {
        Duration maxWait = attributes.duration("maxWait");
        return new WaitBounds(maxWait == null ? DEFAULT.maxWait() : maxWait, attributes.number("queueCapacity"));
    }

    /** The longest wait in nanoseconds. */
    public long nanos() {
        return Nanos.of(this.maxWait);
    }
}
