package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.CurrentSignal;
import dev.settle.abort.Garbage;
import dev.settle.abort.LimitedSource;
import dev.settle.context.SignalThreadLocalAccessor;
import dev.settle.context.SnapshotContext;
import dev.settle.test.VirtualTime;
import io.micrometer.context.ContextRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the signal of a call keeps, and knows, when the call has ended. */
class FinishedCallTests {

    private final VirtualTime time = new VirtualTime();
    private final CallSite site = new CallSite(
            "prices.poll",
            new CallHost(
                    null,
                    AbortSignal.never(),
                    new SnapshotContext(registry()),
                    CallListener.none(),
                    thread -> false,
                    null),
            false);

    @AfterEach
    void nothingIsLeftOnThisThread() {
        CurrentSignal.swap(null);
    }

    private static ContextRegistry registry() {
        return new ContextRegistry().registerThreadLocalAccessor(new SignalThreadLocalAccessor());
    }

    /** A call that ends by then, and the signal that its work had. */
    private AbortSignal signalOf(CompletableFuture<String> outcome) {
        AtomicReference<AbortSignal> signal = new AtomicReference<>();
        AsyncCall<String> work = () -> {
            signal.set(AbortSignal.current());
            return outcome;
        };
        CompletableFuture<String> call = StepPolicy.run(this.site, Next.link(List.of()), work);
        outcome.complete("7.30");
        assertThat(call).isCompletedWithValue("7.30");
        return signal.get();
    }

    private void chain(boolean pending) {
        WeakReference<AbortSignal> first = null;
        for (int i = 0; i < 3; i++) {
            // As a poller does whose next call begins in what the one before has left behind.
            AbortSignal signal =
                    signalOf(pending ? new CompletableFuture<>() : CompletableFuture.completedFuture("7.30"));
            CurrentSignal.swap(signal);
            first = (first == null) ? new WeakReference<>(signal) : first;
        }

        Garbage.awaitCollected(first);
        assertThat(AbortSignal.current()).isNotSameAs(AbortSignal.never());
    }

    @Test
    void keepsNothingOfTheCallBeforeItInWhoseSignalItBegan() {
        chain(false);
    }

    @Test
    void keepsNothingOfItWhenItWasPendingEither() {
        chain(true);
    }

    @Test
    void stillKnowsHowMuchTimeThereIs() {
        LimitedSource request = new LimitedSource(
                AbortSignal.never(), this.time, Duration.ofSeconds(3).toNanos()) {};
        CurrentSignal.swap(request);

        AbortSignal signal = signalOf(CompletableFuture.completedFuture("7.30"));
        this.time.advance(Duration.ofSeconds(1));

        assertThat(signal.remaining()).contains(Duration.ofSeconds(2));
    }

    @Test
    void thatWasGivenUpHasNoTimeLeft() {
        LimitedSource request = new LimitedSource(
                AbortSignal.never(), this.time, Duration.ofSeconds(3).toNanos()) {};
        CurrentSignal.swap(request);
        AtomicReference<AbortSignal> signal = new AtomicReference<>();
        AsyncCall<String> work = () -> {
            signal.set(AbortSignal.current());
            return new CompletableFuture<>();
        };
        CompletableFuture<String> call = StepPolicy.run(this.site, Next.link(List.of()), work);

        request.abort(AbortReason.application("enough"));

        assertThat(call).isCompletedExceptionally();
        assertThat(signal.get().remaining()).contains(Duration.ZERO);
    }
}
