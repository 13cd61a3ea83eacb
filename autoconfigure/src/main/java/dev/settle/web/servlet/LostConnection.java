package dev.settle.web.servlet;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells the loss of a client from other failures to read or write: of files, or of what other services send. */
final class LostConnection {

    /** Of Tomcat, of Jetty, and of Spring for a response that the container has taken back. */
    private static final Set<String> TYPES =
            Set.of("ClientAbortException", "EofException", "AsyncRequestNotUsableException");

    private LostConnection() {}

    /**
     * Whether a request failed for want of a client. Causes do not count: the application wraps what other services did. Spring's
     * own helper for this takes Settle's {@code AbortedException} for that of a server.
     */
    static boolean isReason(Throwable failure) {
        return failure instanceof IOException
                && (TYPES.contains(failure.getClass().getSimpleName())
                        || isSaid(failure.getMessage())
                        || isOfTomcat(failure.getStackTrace()));
    }

    /** When a stream of HTTP/2 is reset, the failure has no type of its own, and its words are in the language of the JVM. */
    private static boolean isOfTomcat(StackTraceElement[] trace) {
        return trace.length > 0 && trace[0].getClassName().startsWith("org.apache.coyote.");
    }

    /** The words of the operating system. */
    private static boolean isSaid(@Nullable String message) {
        return message != null
                && Stream.of("broken pipe", "connection reset").anyMatch(message.toLowerCase(Locale.ROOT)::contains);
    }
}
