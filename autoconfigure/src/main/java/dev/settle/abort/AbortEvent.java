package dev.settle.abort;

import java.time.Duration;

/** What a cleanup is told: why, and how long it may take. */
public interface AbortEvent {

    /** Why the group is aborted. */
    AbortReason reason();

    /** The time left to be graceful; zero when it is over. */
    Duration remaining();

    /** Aborts when the time is up: stop being graceful. */
    AbortSignal hard();
}
