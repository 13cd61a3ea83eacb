package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.InFlight;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call whose signal has aborted before it begins gets in nobody's way. */
class DeadOnArrivalTests {

    private final InFlight inFlight = new InFlight();
    private final AtomicInteger reached = new AtomicInteger();
    private final AbortSource dead = new AbortSource();
    private final PlannedMethod method = PlannedMethod.with(Steps.policy((call, next) -> {
                this.reached.incrementAndGet();
                return next.start(call);
            }))
            .trackedBy(this.inFlight);

    @BeforeEach
    void abort() {
        this.dead.abort(AbortReason.application("enough"));
    }

    @Test
    void anAsynchronousCallReachesNoPolicy() {
        CompletableFuture<String> call = this.method.start(this.dead, () -> CompletableFuture.completedFuture("7.30"));

        assertThat(Results.failure(call)).isInstanceOf(AbortedException.class).hasMessage("enough");
        assertThat(this.reached).hasValue(0);
        assertThat(this.inFlight.size()).isZero();
    }

    @Test
    void aSynchronousCallReachesNoPolicy() {
        Throwable thrown = catchThrowable(() -> this.method.call(this.dead, () -> "7.30"));

        assertThat(thrown).isInstanceOf(AbortedException.class).hasMessage("enough");
        assertThat(this.reached).hasValue(0);
        assertThat(this.inFlight.size()).isZero();
    }
}
