package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException.Reason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.InFlight;
import dev.settle.abort.Logs;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A refused call that nobody waits for is logged, unless the application just takes no calls. */
class DetachedRefusalTests {

    private static final Work NOTHING = new Work() {
        @Override
        public Object run(AbortSignal signal) {
            return null;
        }

        @Override
        public boolean asynchronous() {
            return true;
        }
    };

    private final InFlight inFlight = new InFlight();
    private final CallSite site = new CallSite(
            "orders.save",
            new CallHost(this.inFlight, AbortSignal.never(), CallContext.none(), event -> {}, thread -> false, null),
            false);

    @Test
    void aDrainedApplicationDoesNotLogEachCallThatItRefuses() {
        this.inFlight.close();
        try (Logs logs = new Logs(Calls.class)) {
            Calls.detached(this.site, Next.link(List.of()), NOTHING, AbortSignal.never());

            assertThat(logs.records()).isEmpty();
        }
    }

    @Test
    void aRefusalForAnotherReasonIsLogged() {
        Next full = call -> CompletableFuture.failedFuture(call.refuse("bulkhead", null, Reason.QUEUE_FULL, null));
        try (Logs logs = new Logs(Calls.class)) {
            Calls.detached(this.site, full, NOTHING, AbortSignal.never());

            assertThat(logs.records()).hasSize(1);
        }
    }
}
