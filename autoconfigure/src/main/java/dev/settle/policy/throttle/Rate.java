package dev.settle.policy.throttle;

import dev.settle.core.SharedRun;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a throttle keeps for one key. */
final class Rate {

    private final RateLine line;
    private final AtomicReference<@Nullable SharedRun> trailing = new AtomicReference<>();

    /** Whether {@link RecentKeys} keeps it. Guarded by that. */
    boolean kept;

    Rate(RateLine line) {
        this.line = line;
    }

    RateLine line() {
        return this.line;
    }

    /** The run that gathers callers until it may start. */
    AtomicReference<@Nullable SharedRun> trailing() {
        return this.trailing;
    }
}
