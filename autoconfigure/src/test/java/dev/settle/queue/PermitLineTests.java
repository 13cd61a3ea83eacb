package dev.settle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.queue.WaitingLine.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How permits are counted. */
class PermitLineTests {

    private static final int ANY = Integer.MAX_VALUE;

    private final PermitLine line = new PermitLine(5);
    private final List<Guest> guests = new ArrayList<>();

    private void waiting(int guests) {
        for (int i = 0; i < guests; i++) {
            Guest guest = new Guest();
            this.guests.add(guest);
            assertThat(this.line.enter(guest, ANY)).isEqualTo(Entry.WAITING);
        }
    }

    private long in() {
        return this.guests.stream().filter(guest -> !guest.told().isEmpty()).count();
    }

    @Test
    void permitsAreTakenUntilThereAreNone() {
        assertThat(this.line.tryEnter(2)).isTrue();
        assertThat(this.line.tryEnter(3)).isTrue();

        assertThat(this.line.free()).isZero();
        assertThat(this.line.tryEnter(1)).isFalse();
    }

    @Test
    void moreThanAreFreeAreNotTakenInPart() {
        this.line.tryEnter(3);

        assertThat(this.line.tryEnter(3)).isFalse();

        assertThat(this.line.free()).isEqualTo(2);
    }

    @Test
    void permitThatComesBackGoesToTheWaiterAndNotToWhoTries() {
        this.line.tryEnter(5);
        waiting(1);

        this.line.release(1);

        assertThat(in()).isEqualTo(1);
        assertThat(this.line.free()).isZero();
        assertThat(this.line.tryEnter(1)).isFalse();
    }

    @Test
    void whoTriesFromInsideAHandOverDoesNotOvertakeTheNext() {
        List<Boolean> tried = new ArrayList<>();
        this.line.tryEnter(5);
        this.line.enter(
                new Waiter() {
                    @Override
                    public void run() {
                        PermitLineTests.this.line.release(1);
                        tried.add(PermitLineTests.this.line.tryEnter(1));
                    }

                    @Override
                    protected void closed() {}
                },
                ANY);
        waiting(1);

        this.line.release(1);

        assertThat(tried).containsExactly(false);
        assertThat(in()).isEqualTo(1);
    }

    @Test
    void severalPermitsThatComeBackLetInSeveral() {
        this.line.tryEnter(5);
        waiting(4);

        this.line.release(3);

        assertThat(in()).isEqualTo(3);
        assertThat(this.line.waiting()).isEqualTo(1);
    }

    @Test
    void waitersOfSeveralWeightsGetExactlyWhatTheyNeed() {
        this.line.tryEnter(5);
        Guest three = new Guest(3);
        Guest two = new Guest(2);
        this.line.enter(three, ANY);
        this.line.enter(two, ANY);

        this.line.release(4);
        assertThat(three.told()).containsExactly("in");
        assertThat(two.told()).isEmpty();
        assertThat(this.line.free()).isEqualTo(1);
        this.line.release(1);
        assertThat(two.told()).containsExactly("in");
        assertThat(this.line.free()).isZero();
    }

    @Test
    void fewerPermitsLetNobodyInUntilEnoughHaveComeBack() {
        this.line.tryEnter(5);
        waiting(3);

        this.line.resize(() -> 2);
        this.line.release(3);

        assertThat(in()).isZero();
        assertThat(this.line.free()).isZero();
        this.line.release(1);
        assertThat(in()).isEqualTo(1);
        assertThat(this.line.permits()).isEqualTo(2);
    }

    @Test
    void morePermitsLetThoseInWhoWait() {
        this.line.tryEnter(5);
        waiting(3);

        this.line.resize(() -> 7);

        assertThat(in()).isEqualTo(2);
        assertThat(this.line.waiting()).isEqualTo(1);
    }

    @Test
    void whoNeedsMoreThanThereAreDoesNotWait() {
        assertThat(this.line.enter(new Guest(6), ANY)).isEqualTo(Entry.TOO_HEAVY);

        assertThat(this.line.waiting()).isZero();
        assertThat(this.line.free()).isEqualTo(5);
    }

    @Test
    void whoHasBecomeTooHeavyIsToldAndTheNextLetIn() {
        this.line.tryEnter(1);
        Guest heavy = new Guest(5);
        this.line.enter(heavy, ANY);
        waiting(2);

        this.line.resize(() -> 3);

        assertThat(heavy.told()).containsExactly("too heavy");
        assertThat(in()).isEqualTo(2);
        assertThat(this.line.free()).isZero();
    }

    @Test
    void permitsThatAreMissingAfterAResizeAreNotCountedAsFree() {
        this.line.tryEnter(5);

        this.line.resize(() -> 1);

        assertThat(this.line.free()).isZero();
        assertThat(this.line.tryEnter(1)).isFalse();
        this.line.release(5);
        assertThat(this.line.free()).isEqualTo(1);
    }

    @Test
    void fewerAndThenMorePermitsAreAsManyAsBefore() {
        this.line.tryEnter(5);

        this.line.resize(() -> 2);
        this.line.resize(() -> 5);
        this.line.release(5);

        assertThat(this.line.free()).isEqualTo(5);
    }

    @Test
    void asManyPermitsAsAnIntegerHoldsDoNotOverflow() {
        PermitLine many = new PermitLine(Integer.MAX_VALUE);

        assertThat(many.tryEnter(Integer.MAX_VALUE)).isTrue();
        many.resize(() -> 1);
        many.resize(() -> Integer.MAX_VALUE);
        many.release(Integer.MAX_VALUE);

        assertThat(many.free()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void linesThatAreEmptyAgainNeedNoLock() throws Exception {
        this.line.tryEnter(5);
        waiting(1);
        this.line.release(1);

        synchronized (this.line) {
            List<Boolean> entered = new ArrayList<>();
            Thread other = new Thread(() -> {
                this.line.release(1);
                entered.add(this.line.tryEnter(1));
            });
            other.start();
            other.join(30_000);
            assertThat(entered).containsExactly(true);
        }
    }

    /** Asked outside, one of two who resize at the same time could set a number that is not wanted any more. */
    @Test
    void theNumberIsAskedUnderTheLock() {
        PermitLine line = new PermitLine(1);
        List<Boolean> locked = new ArrayList<>();

        line.resize(() -> {
            locked.add(Thread.holdsLock(line));
            return 2;
        });

        assertThat(locked).containsExactly(true);
    }
}
