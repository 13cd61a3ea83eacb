package dev.settle.web.servlet;

import java.time.Duration;

/** Knows the connections of the container, as far as the Servlet API does not. */
@FunctionalInterface
public interface WriteTimeouts {

    /** Nobody knows them. */
    WriteTimeouts NONE = timeout -> {};

    /**
     * From now on, a write fails on the connection of the request that this thread of the container handles when its client
     * takes nothing for so long.
     */
    void set(Duration timeout);
}
