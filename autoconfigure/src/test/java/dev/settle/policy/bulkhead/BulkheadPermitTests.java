package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason.Kind;
import dev.settle.core.AsyncCall;
import dev.settle.core.HandWork;
import dev.settle.core.Results;
import dev.settle.core.WaitBounds;
import dev.settle.test.VirtualTime;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A permit lives as long as the work, and no longer. */
class BulkheadPermitTests {

    private final VirtualTime time = new VirtualTime();
    private final HandWork work = new HandWork();
    private final AsyncSemaphore one = AsyncSemaphore.of(1, WaitBounds.DEFAULT, this.time);

    @AfterEach
    void nothingIsLeft() {
        assertThat(this.time.pending()).isZero();
        assertThat(this.one.waiting()).isZero();
    }

    static Stream<Named<AsyncCall<String>>> bad() {
        return Stream.of(
                Named.of("throws", () -> {
                    throw new IOException("refused");
                }),
                Named.of("throws an Error", () -> {
                    throw new AssertionError("refused");
                }),
                Named.of("returns null", () -> null),
                Named.of("returns a failed future", () -> CompletableFuture.failedFuture(new IOException("refused"))),
                Named.of("returns a cancelled future", () -> {
                    CompletableFuture<String> cancelled = new CompletableFuture<>();
                    cancelled.cancel(true);
                    return cancelled;
                }));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void workThatFailsGivesItsPermitBack(AsyncCall<String> bad) {
        CompletableFuture<String> call = this.one.call(bad);

        assertThat(call).isCompletedExceptionally();
        assertThat(this.one.free()).isOne();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void workThatFailsAfterItHasWaitedGivesItsPermitToTheNext(AsyncCall<String> bad) {
        this.one.call(() -> this.work.start("Ann"));
        CompletableFuture<String> call = this.one.call(bad);
        this.one.call(() -> this.work.start("Bob"));

        this.work.end("Ann");

        assertThat(call).isCompletedExceptionally();
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
        assertThat(this.one.free()).isOne();
    }

    @Test
    void aFailureReachesTheCallerAsItIs() {
        IOException failure = new IOException("refused");

        CompletableFuture<String> call = this.one.call(() -> {
            throw failure;
        });

        assertThat(Results.failure(call)).isSameAs(failure);
    }

    @Test
    void aFutureThatIsNullIsAnErrorThatSaysSo() {
        CompletableFuture<String> call = this.one.call(() -> null);

        assertThat(Results.failure(call))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("null");
    }

    @Test
    void aCallerThatCancelsGivesThePermitBackWithTheWork() {
        CompletableFuture<String> call = this.one.call(() -> this.work.start("Ann"));
        this.one.call(() -> this.work.start("Bob"));

        call.cancel(true);

        assertThat(this.work.future("Ann")).isCancelled();
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
    }

    @Test
    void workThatIsCancelledButGoesOnKeepsItsPermit() {
        CompletableFuture<String> call = this.one.call(() -> this.work.startStubborn("Ann"));
        this.one.call(() -> this.work.start("Bob"));

        call.cancel(true);

        assertThat(call).isCancelled();
        assertThat(this.work.signal("Ann").reason().orElseThrow().kind()).isEqualTo(Kind.CALLER_CANCELLED);
        assertThat(this.work.started()).containsExactly("Ann");
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann", "Bob");
        this.work.end("Bob");
    }

    @Test
    void aCallThatIsCancelledWhileItWaitsNeverStartsAndLeavesTheLineAtOnce() {
        this.one.call(() -> this.work.start("Ann"));
        CompletableFuture<String> waiting = this.one.call(() -> this.work.start("Bob"));

        waiting.cancel(true);

        assertThat(waiting).isCancelled();
        assertThat(this.one.waiting()).isZero();
        this.work.end("Ann");
        assertThat(this.work.started()).containsExactly("Ann");
        assertThat(this.one.free()).isOne();
    }

    @Test
    void whenTheFirstInLineIsCancelledTheNextIsServed() {
        this.one.call(() -> this.work.start("Ann"));
        CompletableFuture<String> first = this.one.call(() -> this.work.start("Bob"));
        this.one.call(() -> this.work.start("Cid"));

        first.cancel(true);
        this.work.end("Ann");

        assertThat(this.work.started()).containsExactly("Ann", "Cid");
        this.work.end("Cid");
    }

    @Test
    void aCallThatIsCancelledByTheCallerBeforeItGivesItsPermitToTheNext() {
        CompletableFuture<String> first = this.one.call(() -> this.work.start("Ann"));
        CompletableFuture<String> second = this.one.call(() -> this.work.start("Bob"));
        this.one.call(() -> this.work.start("Cid"));
        first.whenComplete((value, failure) -> second.cancel(true));

        this.work.end("Ann");

        assertThat(second).isCancelled();
        assertThat(this.work.started()).contains("Cid");
        this.work.end("Cid");
        assertThat(this.one.free()).isOne();
    }

    @Test
    void aPermitIsGivenBackOnceEvenIfTheWorkEndsAfterTheCancel() {
        AtomicInteger ended = new AtomicInteger();
        CompletableFuture<String> call = this.one.call(() -> this.work.startStubborn("Ann"));
        call.whenComplete((value, failure) -> ended.incrementAndGet());

        call.cancel(true);
        this.work.end("Ann");

        assertThat(this.one.free()).isOne();
        assertThat(ended).hasValue(1);
    }
}
