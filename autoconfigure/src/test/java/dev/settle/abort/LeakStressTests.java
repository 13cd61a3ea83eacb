package dev.settle.abort;

import static dev.settle.abort.Outcomes.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReport.Outcome;
import dev.settle.test.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A million of everything: nothing may be left, and nothing may take longer the more there is. */
class LeakStressTests {

    private static final int MILLION = 1_000_000;

    private final AbortReason reason = AbortReason.application("enough");
    private final VirtualTime time = new VirtualTime();
    private final AbortSource signal = new AbortSource();
    private final AtomicInteger told = new AtomicInteger();
    private final AsyncAbortController controller = AsyncAbortController.builder()
            .time(this.time)
            .executor(Runnable::run)
            .listener(new AbortListener() {})
            .build();

    @Test
    void forgottenCompositesLeaveNothing() {
        for (int i = 0; i < MILLION; i++) {
            AbortSignal.any(this.signal);
        }

        Garbage.await(() -> {
            // Whoever makes a new one sweeps the old ones.
            AbortSignal.any();
            return this.signal.listenerCount() == 0;
        });
    }

    @Test
    void compositesWhoseListenersWereRemovedLeaveNothing() {
        for (int i = 0; i < MILLION; i++) {
            AbortSignal.any(this.signal)
                    .onAbort(why -> this.told.incrementAndGet())
                    .remove();
        }

        Garbage.await(() -> {
            AbortSignal.any();
            return this.signal.listenerCount() == 0;
        });
    }

    @Test
    void closedChildrenLeaveNothing() {
        AbortSource parent = AbortSource.timeout(this.time, TimeUnit.HOURS.toNanos(1));
        for (int i = 0; i < MILLION; i++) {
            new LimitedSource(parent, this.time, TimeUnit.SECONDS.toNanos(i)).close();
        }

        assertThat(parent.listenerCount()).isZero();
        assertThat(this.time.pending()).as("the parent's timer").isEqualTo(1);
    }

    @Test
    void finishedOperationsLeaveNothing() {
        AbortSource groupSignal = (AbortSource) this.controller.signal();
        this.controller.onAbort("long-lived", event -> null);
        this.controller.signal().onAbort(why -> this.told.incrementAndGet());
        for (int i = 0; i < MILLION; i++) {
            CompletableFuture<Integer> stage = new CompletableFuture<>();
            CompletableFuture<Integer> caller = this.controller.track("operation", given -> stage);
            if (i % 3 == 0) {
                caller.cancel(true);
            } else {
                stage.complete(i);
            }
        }

        assertThat(groupSignal.listenerCount()).isEqualTo(1);
        assertThat(this.controller.inFlight().size()).isZero();
        assertThat(this.controller.report().entries()).hasSize(1);
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void refusedOperationsLeaveNothing() {
        AbortSource groupSignal = (AbortSource) this.controller.signal();
        this.controller.drainAsync();
        for (int i = 0; i < MILLION / 10; i++) {
            this.controller.track("operation", given -> new CompletableFuture<>());
        }

        assertThat(groupSignal.listenerCount()).isZero();
        assertThat(this.controller.inFlight().size()).isZero();
    }

    @Test
    void listenersAreAddedAndRemovedInConstantTime() {
        List<Registration> registrations = new ArrayList<>(MILLION);
        for (int i = 0; i < MILLION; i++) {
            registrations.add(this.signal.onAbort(why -> this.told.incrementAndGet()));
        }
        // From both ends and the middle: a list that is searched would take hours.
        for (int i = 0; i < MILLION; i++) {
            int place = (int) (i * 618_033L % MILLION);
            registrations.get(place).remove();
        }

        assertThat(this.signal.listenerCount()).isZero();
        assertThat(this.signal.abort(this.reason)).isTrue();
        assertThat(this.told).hasValue(0);
    }

    @Test
    void manyListenersAreToldInLinearTime() {
        for (int i = 0; i < MILLION; i++) {
            this.signal.onAbort(why -> this.told.incrementAndGet());
        }

        this.signal.abort(this.reason);

        assertThat(this.told).hasValue(MILLION);
    }

    @Test
    void manyChildrenAreMarkedInLinearTime() {
        List<ChildSource> children = new ArrayList<>(MILLION);
        for (int i = 0; i < MILLION; i++) {
            children.add(AbortSource.child(this.signal));
        }

        this.signal.abort(this.reason);

        assertThat(children).allMatch(AbortSource::aborted);
    }

    @Test
    void cleanupsAreRegisteredAndRemovedInConstantTime() {
        List<Registration> registrations = new ArrayList<>(MILLION);
        for (int i = 0; i < MILLION; i++) {
            registrations.add(this.controller.onAbort("cleanup", event -> null));
        }
        for (int i = 0; i < MILLION; i++) {
            int place = (int) (i * 618_033L % MILLION);
            assertThat(registrations.get(place).remove()).isTrue();
        }

        assertThat(this.controller.report().entries()).isEmpty();
    }

    @Test
    void manyCleanupsSettleInLinearTime() {
        int many = 100_000;
        List<HandCleanup> cleanups = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            HandCleanup cleanup = new HandCleanup();
            cleanups.add(cleanup);
            this.controller.onAbort("cleanup", cleanup);
        }

        CompletableFuture<AbortReport> settlement = this.controller.abortAsync(this.reason);
        cleanups.forEach(HandCleanup::finish);

        assertThat(settled(settlement).counts()).containsExactly(java.util.Map.entry(Outcome.COMPLETED, (long) many));
        assertThat(this.time.pending()).isZero();
    }
}
