package dev.settle.web;

import dev.settle.abort.AbortReason;
import dev.settle.abort.RequestSource;
import dev.settle.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** Makes the signals of requests. */
public final class RequestSources {

    /** Where a request keeps its signal among its attributes. */
    public static final String ATTRIBUTE = "dev.settle.abort.AbortSignal";

    private final TimeSource time;
    private final @Nullable DeadlineHeader deadline;

    /**
     * Creates the maker.
     *
     * @param deadline the header that says how long a client waits, or null if none is believed
     */
    public RequestSources(TimeSource time, @Nullable DeadlineHeader deadline) {
        this.time = time;
        this.deadline = deadline;
    }

    /** Asks a request for a header. */
    @FunctionalInterface
    public interface Headers {

        /** The first value of a header, or null. */
        @Nullable
        String first(String name);
    }

    /** A signal for a request with these headers. */
    public RequestSource of(Headers headers) {
        return RequestSource.of(
                this.time, (this.deadline == null) ? null : this.deadline.parse(headers.first(this.deadline.name())));
    }

    /** Why the work for a client is given up that has gone. */
    public static AbortReason gone() {
        return AbortReason.callerCancelled("The client has gone before it was answered");
    }
}
