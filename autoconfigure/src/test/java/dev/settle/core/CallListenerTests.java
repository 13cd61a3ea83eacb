package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortSignal;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A listener that throws disturbs nobody. */
class CallListenerTests {

    private enum Told {
        SOMETHING
    }

    private static final CallEvent EVENT = new CallEvent("prices.find", Told.SOMETHING, "detail");

    private static final CallListener BROKEN = event -> {
        throw new IllegalStateException("a broken listener: this is expected");
    };

    @Test
    void allListenersAreToldInOrder() {
        List<String> told = new ArrayList<>();

        CallListener.all(List.of(event -> told.add("one"), event -> told.add("other")))
                .onEvent(EVENT);

        assertThat(told).containsExactly("one", "other");
    }

    @Test
    void theOthersAreToldWhenOneThrows() {
        List<CallEvent> told = new ArrayList<>();

        CallListener.all(List.of(BROKEN, told::add)).onEvent(EVENT);

        assertThat(told).containsExactly(EVENT);
    }

    @Test
    void aCallWhoseListenerThrowsHasItsOutcomeAllTheSame() {
        VirtualTime time = new VirtualTime();
        Next chain = Next.link(
                List.of(TimeoutPolicy.of(Duration.ofSeconds(1), true, time).step()));
        CallSite site = new CallSite(
                "prices.find",
                new CallHost(null, AbortSignal.never(), CallContext.none(), BROKEN, thread -> false, null),
                false);
        CompletableFuture<Object> call = Calls.async(site, chain, new Pending(), AbortSignal.never());

        time.advance(Duration.ofSeconds(1));

        assertThat(Results.failure(call)).isInstanceOf(CallTimeoutException.class);
    }

    private static final class Pending implements Work {

        @Override
        public Object run(AbortSignal signal) {
            return new CompletableFuture<>();
        }

        @Override
        public boolean asynchronous() {
            return true;
        }
    }
}
