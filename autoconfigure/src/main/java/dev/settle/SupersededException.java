package dev.settle;

import dev.settle.abort.AbortReason;

/** A later call took the place of this one. */
public class SupersededException extends AbortedException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception for a reason of kind {@code SUPERSEDED}. */
    public SupersededException(AbortReason reason) {
        super(reason);
    }
}
