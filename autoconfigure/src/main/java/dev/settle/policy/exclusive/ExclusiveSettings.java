package dev.settle.policy.exclusive;

import dev.settle.annotation.Exclusive.OnConflict;
import dev.settle.annotation.Scope;
import dev.settle.core.ClusterLimit;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.KeySettings;
import dev.settle.core.WaitBounds;

/**
 * Settings of a mutex.
 *
 * @param onConflict what a call does that finds its key taken
 * @param bounds the bounds of the line
 * @param keys what there is a lock for
 * @param scope who excludes each other
 */
public record ExclusiveSettings(OnConflict onConflict, WaitBounds bounds, KeySettings keys, Scope scope) {

    /** Checks the settings. */
    public ExclusiveSettings {
        InvalidSettingException.check(
                onConflict != OnConflict.REPLACE
                        || (bounds.queueCapacity() > 0 && !bounds.maxWait().isZero()),
                "onConflict",
                "a call that REPLACEs another has to wait until that has ended, which its bounds forbid",
                "give it a maxWait and a queueCapacity");
    }

    /** What holds for all instances. A run can be joined or replaced only in its own instance: calls of others wait for it. */
    ClusterLimit inCluster() {
        return (this.onConflict == OnConflict.REJECT)
                ? ClusterLimit.lock(Locks.POLICY, this.keys)
                : ClusterLimit.lock(Locks.POLICY, this.bounds, this.keys);
    }
}
