package dev.settle.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallPhase;
import dev.settle.activity.Moment.Kind;
import dev.settle.core.CallObserver.ObservedAttempt;
import dev.settle.core.CallObserver.ObservedCall;
import dev.settle.core.CallOutcome;
import dev.settle.test.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls that are counted, and some that are watched one by one. */
class WatchedCallTests {

    private final Activity activity = new Activity(new VirtualTime());
    private final NameActivity orders = this.activity.of("orders");
    private final List<Moment> seen = new ArrayList<>();

    private void watch(int most, int mostOfAll) {
        this.orders.sample(new Sample(this.seen::add, most, new AtomicInteger(mostOfAll)));
    }

    private void call(@Nullable Throwable failure) {
        ObservedCall call = this.activity.begin("orders");
        call.attempt().end(failure);
        call.end(failure);
    }

    private List<Kind> kinds() {
        return this.seen.stream().map(Moment::kind).toList();
    }

    @Test
    void nothingIsToldWhileNobodyLooks() {
        call(null);

        assertThat(this.seen).isEmpty();
        assertThat(this.orders.counts().outcomes()).containsEntry(CallOutcome.SUCCESS, 1L);
    }

    @Test
    void callIsToldMomentByMoment() {
        watch(1, 1);
        ObservedCall call = this.activity.begin("orders");
        call.phase(CallPhase.RUNNING, CallPhase.WAITING_BULKHEAD);
        call.phase(CallPhase.WAITING_BULKHEAD, CallPhase.RUNNING);
        ObservedAttempt attempt = call.attempt();
        attempt.givenUp();
        call.end(new IllegalStateException());
        attempt.end(null);

        assertThat(kinds())
                .containsExactly(
                        Kind.BEGIN, Kind.PHASE, Kind.PHASE, Kind.ATTEMPT, Kind.ABANDONED, Kind.END, Kind.ATTEMPTED);
        assertThat(this.seen).extracting(Moment::call).containsOnly(call);
        assertThat(this.orders.counts().late()).isEqualTo(1);
    }

    @Test
    void valueOfAnotherCallsRunIsCoalesced() {
        watch(1, 1);
        this.activity.begin("orders").end(null);

        assertThat(kinds()).containsExactly(Kind.BEGIN, Kind.COALESCED);
        assertThat(this.orders.counts().coalesced()).isEqualTo(1);
    }

    @Test
    void failureBeforeTheMethodIsNotCoalesced() {
        watch(1, 1);
        this.activity.begin("orders").end(new IllegalStateException());

        assertThat(kinds()).containsExactly(Kind.BEGIN, Kind.END);
        assertThat(this.orders.counts().coalesced()).isZero();
    }

    @Test
    void onlySoManyAreWatchedAndAllAreCounted() {
        watch(2, 10);
        for (int i = 0; i < 5; i++) {
            call(null);
        }

        assertThat(kinds()).filteredOn(Kind.BEGIN::equals).hasSize(2);
        assertThat(this.orders.counts().begun()).isEqualTo(5);
    }

    @Test
    void samplesShareWhatIsLeft() {
        AtomicInteger left = new AtomicInteger(3);
        this.orders.sample(new Sample(this.seen::add, 2, left));
        this.activity.of("stock").sample(new Sample(this.seen::add, 2, left));
        for (int i = 0; i < 2; i++) {
            this.activity.begin("orders").end(null);
            this.activity.begin("stock").end(null);
        }

        assertThat(kinds()).filteredOn(Kind.BEGIN::equals).hasSize(3);
    }

    @Test
    void callThatIsTriedWithoutEndTellsSoMuchAndItsEnd() {
        watch(1, 1);
        ObservedCall call = this.activity.begin("orders");
        for (int i = 0; i < 1000; i++) {
            call.attempt().end(new IllegalStateException());
        }
        call.end(null);

        assertThat(kinds()).hasSizeLessThan(3 * WatchedCall.MOST_MOMENTS).endsWith(Kind.END);
        assertThat(kinds().stream().filter(Kind.ATTEMPT::equals).count())
                .as("what has begun ends")
                .isEqualTo(kinds().stream().filter(Kind.ATTEMPTED::equals).count());
        assertThat(this.orders.counts().attempts()).isEqualTo(1000);
    }

    @Test
    void numbersAddUp() {
        ObservedCall open = this.activity.begin("orders");
        open.phase(CallPhase.RUNNING, CallPhase.WAITING_RETRY);
        ObservedCall running = this.activity.begin("orders");
        running.attempt();
        call(null);

        Counts counts = this.orders.counts();
        assertThat(counts.begun()).isEqualTo(3);
        assertThat(counts.inFlight()).isEqualTo(2);
        assertThat(counts.running()).isEqualTo(1);
        assertThat(counts.waiting()).containsEntry(CallPhase.WAITING_RETRY, 1L);
    }
}
