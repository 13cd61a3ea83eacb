package dev.settle;

import dev.settle.abort.AbortReason;

/** A failure that says why the work was given up. */
public interface Aborted {

    /** Why the work was given up. */
    AbortReason reason();
}
