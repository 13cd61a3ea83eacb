package dev.settle.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WheelTests {

    private static final long START = Wheel.ceiling(123_456_789_012L);

    private final Stripe stripe = new Stripe(() -> {});
    private final List<Armed> fired = new ArrayList<>();
    private Wheel wheel = new Wheel(START);

    private Armed add(long ticks) {
        return at(START + ticks * Wheel.TICK);
    }

    private Armed at(long due) {
        Armed timer = new Armed(() -> {}, due, this.stripe);
        this.wheel.add(timer);
        return timer;
    }

    private void advance(long ticks) {
        this.wheel.advance(START + ticks * Wheel.TICK, this.fired::add);
    }

    @Test
    void nothingIsNext() {
        assertThat(this.wheel.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 63, 64, 65, 127, 128, 4095, 4096, 4097, 262_143, 262_144, 1L << 30, 1L << 42})
    void timerFiresWithItsTickAndNotBefore(long tick) {
        Armed timer = add(tick);

        advance(tick - 1);
        assertThat(this.fired).isEmpty();

        advance(tick);
        assertThat(this.fired).containsExactly(timer);
        assertThat(this.wheel.isEmpty()).isTrue();
    }

    @Test
    void timerDoesNotFireANanosecondEarly() {
        Armed timer = add(1);

        this.wheel.advance(START + Wheel.TICK - 1, this.fired::add);
        assertThat(this.fired).isEmpty();

        this.wheel.advance(START + Wheel.TICK, this.fired::add);
        assertThat(this.fired).containsExactly(timer);
    }

    @Test
    void whatIsDueAlreadyFiresWithTheNextAdvance() {
        advance(1000);
        Armed late = add(3);
        Armed now = add(1000);

        advance(1000);

        assertThat(this.fired).containsExactlyInAnyOrder(late, now);
    }

    @Test
    void longestTimerFiresAfterItsTime() {
        Armed forEver = at(Wheel.ceiling(START + Nanos.FOREVER));

        this.wheel.advance(START + Nanos.FOREVER - Wheel.TICK, this.fired::add);
        assertThat(this.fired).isEmpty();

        this.wheel.advance(START + Nanos.FOREVER + Wheel.TICK, this.fired::add);
        assertThat(this.fired).containsExactly(forEver);
    }

    @Test
    void clockMayWrapAround() {
        long start = Long.MAX_VALUE - 10 * Wheel.TICK;
        this.wheel = new Wheel(start);
        Armed before = at(Wheel.ceiling(start + Wheel.TICK));
        Armed after = at(Wheel.ceiling(start + 100 * Wheel.TICK));

        this.wheel.advance(start + 3 * Wheel.TICK, this.fired::add);
        assertThat(this.fired).containsExactly(before);

        this.wheel.advance(start + 98 * Wheel.TICK, this.fired::add);
        assertThat(this.fired).containsExactly(before);

        this.wheel.advance(start + 102 * Wheel.TICK, this.fired::add);
        assertThat(this.fired).containsExactly(before, after);
    }

    @Test
    void timersFireInTheOrderOfTheirTicksHoweverFarTheTimeJumps() {
        long[] ticks = {5_000_000_000L, 70, 1, 4096, 64, 300_000, 63, 4095, 2};
        List<Armed> timers = new ArrayList<>();
        for (long tick : ticks) {
            timers.add(add(tick));
        }

        advance(1L << 42);

        assertThat(this.fired).hasSameSizeAs(timers).isSortedAccordingTo((a, b) -> Long.compare(a.due, b.due));
    }

    @Test
    void whatIsNextIsNeverLaterThanTheFirstTimer() {
        Armed timer = add(300_000);
        int turns = 0;

        while (this.fired.isEmpty()) {
            long next = this.wheel.next();
            assertThat(next).isLessThanOrEqualTo(timer.due);
            this.wheel.advance(next, this.fired::add);
            turns++;
        }

        assertThat(turns).as("moves down the wheels").isLessThanOrEqualTo(4);
    }

    @Test
    void tenThousandOfOneTickFireTogether() {
        for (int i = 0; i < 10_000; i++) {
            add(77);
        }

        advance(77);

        assertThat(this.fired).hasSize(10_000).doesNotHaveDuplicates();
    }

    @Test
    void timerAddedByOneThatFiresComesInItsTurn() {
        add(1);

        this.wheel.advance(START + 10 * Wheel.TICK, timer -> {
            this.fired.add(timer);
            if (this.fired.size() == 1) {
                add(5);
                add(11);
            }
        });

        assertThat(this.fired).hasSize(2);
        advance(11);
        assertThat(this.fired).hasSize(3);
    }

    @Test
    void deadTimersAreDropped() {
        Armed live = add(1000);
        for (int i = 0; i < 100; i++) {
            add(i * 100).cancel();
        }
        assertThat(this.stripe.dead()).isEqualTo(100);

        this.wheel.sweep();

        assertThat(this.stripe.dead()).isZero();
        assertThat(live.next).isNull();
        advance(1000);
        assertThat(this.fired).containsExactly(live);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void wheelDoesWhatASortedListDoes(long seed) {
        Random random = new Random(seed);
        List<Armed> expected = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < 5_000; step++) {
            if (random.nextInt(3) > 0) {
                expected.add(add(now + 1 + (random.nextLong() >>> (24 + random.nextInt(40)))));
            } else if (random.nextInt(10) > 0) {
                now += random.nextLong() >>> (30 + random.nextInt(34));
            } else {
                this.wheel.sweep();
            }
            long until = START + now * Wheel.TICK;
            List<Armed> due = new ArrayList<>(expected);
            due.removeIf(timer -> timer.due - until > 0);
            expected.removeAll(due);
            this.fired.clear();

            this.wheel.advance(until, this.fired::add);

            assertThat(this.fired).as("step %d", step).containsExactlyInAnyOrderElementsOf(due);
            assertThat(this.wheel.isEmpty()).isEqualTo(expected.isEmpty());
            assertThat(expected).allMatch(timer -> this.wheel.next() - timer.due <= 0);
        }
    }
}
