package dev.settle.flow;

import org.jspecify.annotations.Nullable;

/** A value was sent to a channel that takes no more, or received from one that its receivers have given up. */
public final class ChannelClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ChannelClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
