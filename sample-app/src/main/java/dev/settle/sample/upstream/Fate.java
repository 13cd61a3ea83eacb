package dev.settle.sample.upstream;

import java.time.Duration;

/** What happens to one request, and after how long. */
record Fate(Kind kind, Duration delay) {

    enum Kind {
        /** A rate. */
        ANSWER,
        /** 503 with {@code Retry-After: 1}. */
        FAILURE,
        /** The connection is reset. */
        RESET,
        /** Nothing at all, until the client has had enough. */
        HANG
    }
}
