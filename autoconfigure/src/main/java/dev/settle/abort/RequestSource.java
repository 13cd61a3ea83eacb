package dev.settle.abort;

import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The switch behind the signal of a request that came in from outside. Nobody has let it in: while the application refuses
 * new work, what is begun for a request is new work.
 */
public final class RequestSource extends TimedSource {

    private volatile TimeSource.@Nullable Timer timer;

    private RequestSource(@Nullable Deadline deadline) {
        super(deadline);
    }

    /**
     * A source for one request.
     *
     * @param limit how long its sender waits for the answer, or null if that is not known
     */
    public static RequestSource of(TimeSource time, @Nullable Duration limit) {
        if (limit == null) {
            return new RequestSource(null);
        }
        long nanos = Nanos.of(limit);
        RequestSource source = new RequestSource(Deadline.in(time, nanos));
        source.timer = time.schedule(nanos, () -> source.abort(timedOut("The request", nanos, nanos)));
        return source;
    }

    /** The request is over. What goes on in the background after it is not aborted, by its deadline neither. */
    public void close() {
        TimeSource.Timer armed = this.timer;
        if (armed != null) {
            armed.cancel();
        }
    }
}
