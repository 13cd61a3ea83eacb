package dev.settle.core;

import dev.settle.abort.AbortSource;

/** A call under a signal that somebody else has made. */
record CallView(CallRoot root, AbortSource signal, CallContext.Captured context, boolean onCallersThread)
        implements Call {}
