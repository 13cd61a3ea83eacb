package dev.settle.web;

import dev.settle.abort.AbortSignal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The time that a caller still waits, as a header: whole milliseconds from now, because clocks of different machines
 * differ (as in gRPC's {@code grpc-timeout}).
 *
 * @param name the name of the header
 */
public record DeadlineHeader(String name) {

    /** Anything longer says nothing about a request. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");

    /**
     * The time that a sender has left; null when there is no such header, or none that makes sense: a stranger's header must
     * not break a request. At most a day.
     */
    public @Nullable Duration parse(@Nullable String value) {
        if (value == null || !MILLIS.matcher(value).matches()) {
            return null;
        }
        Duration time = Duration.ofMillis(Long.parseLong(value));
        return time.isZero() ? null : (time.compareTo(LONGEST) > 0) ? LONGEST : time;
    }

    /**
     * What to send on for work under this signal: at least a millisecond. Nothing for work that goes on after an abort, such
     * as a compensation: it has time of its own.
     */
    public Optional<String> value(AbortSignal signal) {
        return signal.aborted()
                ? Optional.empty()
                : signal.remaining().map(left -> Long.toString(Math.max(1, left.toMillis())));
    }
}
