package dev.settle.policy.bulkhead;

import dev.settle.annotation.Scope;
import dev.settle.core.ClusterLimit;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.KeySettings;
import dev.settle.core.WaitBounds;

/**
 * Settings of a bulkhead.
 *
 * @param value how many may run at once
 * @param bounds the bounds of the line
 * @param keys what there is a limit for
 * @param scope who counts together
 */
public record BulkheadSettings(int value, WaitBounds bounds, KeySettings keys, Scope scope) {

    /** Checks the settings. */
    public BulkheadSettings {
        InvalidSettingException.check(value >= 1, "value", value + " would let no call run", "use at least 1");
    }

    /** What holds for all instances: no instance can have more of the permits than there are. */
    ClusterLimit inCluster() {
        return ClusterLimit.permits(BulkheadStep.POLICY, this.value, this.bounds, this.keys);
    }

    BulkheadSettings withValue(int permits) {
        return new BulkheadSettings(permits, this.bounds, this.keys, this.scope);
    }
}
