package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.InFlight;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls in flight, asked for by the name of their method. */
class CallsTests {

    private final InFlight inFlight = new InFlight();
    private final AbortReason enough = AbortReason.application("enough");

    private CompletableFuture<String> start() {
        return PlannedMethod.with().trackedBy(this.inFlight).start(CompletableFuture::new);
    }

    @Test
    void allOfTheNameAreAborted() throws Exception {
        CompletableFuture<String> one = start();
        CompletableFuture<String> other = start();

        assertThat(Calls.abort(this.inFlight, PlannedMethod.NAME, this.enough)).isEqualTo(2);

        assertThat(AbortReason.from(Results.awaitFailure(one))).contains(this.enough);
        assertThat(AbortReason.from(Results.awaitFailure(other))).contains(this.enough);
    }

    @Test
    void thoseOfAnotherNameGoOn() {
        CompletableFuture<String> call = start();

        assertThat(Calls.abort(this.inFlight, "orders.save", this.enough)).isZero();

        assertThat(call).isNotDone();
        call.cancel(true);
    }

    @Test
    void aCallThatIsGivenUpBeforeItComesLeavesNothingWithItsSignal() {
        AbortSource passed = new AbortSource();
        passed.abort(this.enough);

        CompletableFuture<String> call =
                PlannedMethod.with().trackedBy(this.inFlight).start(passed, CompletableFuture::new);

        assertThat(AbortReason.from(Results.failure(call))).contains(this.enough);
        assertThat(this.inFlight.size()).isZero();
    }
}
