package dev.settle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.queue.WaitingLine.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits, in which order they are let in, and how they leave. */
class WaitingLineTests {

    private static final int ANY = Integer.MAX_VALUE;

    private final PermitLine line = new PermitLine(2);
    private final Guest one = new Guest();
    private final Guest two = new Guest();
    private final Guest three = new Guest();
    private final Guest heavy = new Guest(2);

    private void taken(int permits) {
        assertThat(this.line.tryEnter(permits)).isTrue();
    }

    private void inLine(Guest... guests) {
        for (Guest guest : guests) {
            assertThat(this.line.enter(guest, ANY)).isEqualTo(Entry.WAITING);
        }
    }

    @Test
    void whoFindsAPermitIsInAndNotToldAgain() {
        assertThat(this.line.enter(this.one, ANY)).isEqualTo(Entry.IN);

        assertThat(this.one.waiting()).isFalse();
        assertThat(this.one.told()).isEmpty();
        assertThat(this.line.free()).isEqualTo(1);
    }

    @Test
    void waitersAreLetInInTheOrderInWhichTheyCame() {
        List<String> in = new ArrayList<>();
        taken(2);
        for (String name : List.of("one", "two", "three")) {
            this.line.enter(
                    new Waiter() {
                        @Override
                        public void run() {
                            in.add(name);
                        }

                        @Override
                        protected void closed() {}
                    },
                    ANY);
        }

        this.line.release(1);
        assertThat(in).containsExactly("one");
        this.line.release(2);
        assertThat(in).containsExactly("one", "two", "three");
    }

    @Test
    void waiterGoesBeforeWhoComesWhenAPermitIsFree() {
        taken(1);
        inLine(this.heavy);

        assertThat(this.line.free()).isEqualTo(1);
        assertThat(this.line.enter(this.one, ANY)).isEqualTo(Entry.WAITING);
        assertThat(this.line.tryEnter(1)).isFalse();
    }

    @Test
    void lineHoldsNoMoreThanItsCapacity() {
        taken(2);
        inLine(this.one);

        assertThat(this.line.enter(this.two, 1)).isEqualTo(Entry.FULL);
        assertThat(this.line.enter(this.two, 2)).isEqualTo(Entry.WAITING);
        assertThat(this.line.waiting()).isEqualTo(2);
    }

    @Test
    void capacityOfNoneAdmitsToAFreePermit() {
        assertThat(this.line.enter(this.one, 0)).isEqualTo(Entry.IN);
        taken(1);
        assertThat(this.line.enter(this.two, 0)).isEqualTo(Entry.FULL);
    }

    @Test
    void whoLeavesMakesRoomInTheLineAtOnce() {
        taken(2);
        inLine(this.one);

        assertThat(this.line.leave(this.one)).isTrue();

        assertThat(this.line.waiting()).isZero();
        assertThat(this.line.enter(this.two, 1)).isEqualTo(Entry.WAITING);
    }

    @Test
    void whoLeavesFromTheMiddleIsPassedOver() {
        taken(2);
        inLine(this.one, this.two, this.three);

        assertThat(this.line.leave(this.two)).isTrue();
        this.line.release(2);

        assertThat(this.one.told()).containsExactly("in");
        assertThat(this.two.told()).isEmpty();
        assertThat(this.three.told()).containsExactly("in");
    }

    @Test
    void firstWhoLeavesLetsTheNextIn() {
        taken(1);
        inLine(this.heavy, this.one);

        this.line.leave(this.heavy);

        assertThat(this.one.told()).containsExactly("in");
        assertThat(this.line.waiting()).isZero();
    }

    @Test
    void heavyOneIsNotOvertakenByLightOnes() {
        taken(2);
        inLine(this.heavy, this.one);

        this.line.release(1);
        assertThat(this.one.told()).isEmpty();
        this.line.release(1);
        assertThat(this.heavy.told()).containsExactly("in");
        assertThat(this.one.told()).isEmpty();
        this.line.release(2);
        assertThat(this.one.told()).containsExactly("in");
    }

    @Test
    void leavingIsForOnceAndNotForThoseWhoAreIn() {
        taken(2);
        inLine(this.one, this.two);
        this.line.release(1);

        assertThat(this.line.leave(this.one)).isFalse();
        assertThat(this.line.leave(this.two)).isTrue();
        assertThat(this.line.leave(this.two)).isFalse();
    }

    @Test
    void whoHasLeftBeforeComingTakesNothing() {
        this.line.leave(this.one);

        assertThat(this.line.enter(this.one, ANY)).isEqualTo(Entry.LEFT);
        assertThat(this.line.free()).isEqualTo(2);
    }

    @Test
    void whoHasLeftBeforeComingDoesNotWait() {
        taken(2);
        this.line.leave(this.one);

        assertThat(this.line.enter(this.one, ANY)).isEqualTo(Entry.LEFT);
        assertThat(this.line.waiting()).isZero();
    }

    @Test
    void closingTellsThoseWhoWaitInOrderAndOnce() {
        taken(2);
        inLine(this.one, this.two);

        this.line.close();
        this.line.close();

        assertThat(this.one.told()).containsExactly("closed");
        assertThat(this.two.told()).containsExactly("closed");
        assertThat(this.line.waiting()).isZero();
    }

    @Test
    void nobodyGetsIntoAClosedLine() {
        this.line.close();

        assertThat(this.line.enter(this.one, ANY)).isEqualTo(Entry.CLOSED);
        assertThat(this.line.tryEnter(1)).isFalse();
        assertThat(this.line.free()).isEqualTo(2);
    }

    @Test
    void permitsComeBackToAClosedLine() {
        taken(2);
        inLine(this.one);
        this.line.close();

        this.line.release(2);

        assertThat(this.line.free()).isEqualTo(2);
        assertThat(this.one.told()).containsExactly("closed");
        assertThat(this.line.tryEnter(1)).isFalse();
    }
}
