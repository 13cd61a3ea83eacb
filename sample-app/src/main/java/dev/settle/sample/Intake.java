package dev.settle.sample;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.annotation.OnAbort;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** The door of the desk: once it is closed, new orders are told at once to come back later. */
@Component
public final class Intake {

    private static final Duration COME_BACK = Duration.ofSeconds(5);

    private final AtomicLong orders = new AtomicLong();
    private volatile boolean closed;

    /**
     * Lets an order in.
     *
     * @throws CallRejectedException when the desk is closing
     */
    public void enter() {
        if (this.closed) {
            throw new CallRejectedException("intake", "desk", null, Reason.CLOSED, COME_BACK);
        }
        this.orders.incrementAndGet();
    }

    @OnAbort(phase = DeskPhases.INTAKE)
    String close() {
        this.closed = true;
        return "closed after " + this.orders.get() + " orders";
    }
}
