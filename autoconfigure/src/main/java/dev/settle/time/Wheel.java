package dev.settle.time;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Timers in the order in which they fall due, to the tick. For one thread only.
 *
 * <p>Eight wheels of 64 slots, as the digits of a clock: a slot of the first is one tick, a slot of each other is a whole
 * turn of the one below. A timer is in the wheel of the highest digit in which its tick differs from the current one;
 * when that digit comes, it moves down. So adding takes no search, a timer moves seven times at most, and however far
 * the time jumps, only slots that hold something are looked at.
 */
final class Wheel {

    /** About a millisecond: 2<sup>20</sup> ns. */
    static final long TICK = 1L << 20;

    private static final int TICK_BITS = 20;
    private static final int BITS = 6;
    private static final int SLOTS = 1 << BITS;

    /** Enough for 2<sup>48</sup> ticks; a clock of 63 bits has 2<sup>43</sup>. */
    private static final int WHEELS = 8;

    private final @Nullable Armed[][] slots = new Armed[WHEELS][SLOTS];

    /** A bit for each slot that holds something. They are all ahead: the lowest is the next. */
    private final long[] filled = new long[WHEELS];

    private final long origin;
    private final Consumer<Armed> again = this::add;

    /** Whatever is due before this tick has gone. */
    private long tick;

    /** Readings of the clock may wrap around: ticks are counted from the first. */
    Wheel(long now) {
        this.origin = floor(now);
    }

    static long floor(long time) {
        return time & -TICK;
    }

    /** The first tick at or after the time. */
    static long ceiling(long time) {
        return floor(time + TICK - 1);
    }

    /** Puts the timer where it belongs; one that is due already comes with the next advance. */
    void add(Armed timer) {
        long at = Math.max(tickOf(timer.due), this.tick);
        long differing = at ^ this.tick;
        int wheel = (differing == 0) ? 0 : (Long.SIZE - 1 - Long.numberOfLeadingZeros(differing)) / BITS;
        int slot = (int) (at >>> (wheel * BITS)) & (SLOTS - 1);
        timer.next = this.slots[wheel][slot];
        this.slots[wheel][slot] = timer;
        this.filled[wheel] |= 1L << slot;
    }

    private long tickOf(long time) {
        return (time - this.origin) >> TICK_BITS;
    }

    boolean isEmpty() {
        return first() == WHEELS;
    }

    /** When something is to be done: it is never later than the first timer is due. */
    long next() {
        return this.origin + (start(first()) << TICK_BITS);
    }

    /** Takes out what is due by now, tick after tick. */
    void advance(long now, Consumer<Armed> due) {
        long until = tickOf(now);
        for (int wheel = first(); wheel < WHEELS && start(wheel) <= until; wheel = first()) {
            // The slot first: where it is depends on the tick.
            int slot = Long.numberOfTrailingZeros(this.filled[wheel]);
            this.tick = start(wheel);
            empty(wheel, slot, (wheel == 0) ? due : this.again);
        }
        this.tick = Math.max(this.tick, until);
    }

    /** Drops the dead ones. */
    void sweep() {
        for (int wheel = 0; wheel < WHEELS; wheel++) {
            for (long left = this.filled[wheel]; left != 0; left &= left - 1) {
                empty(wheel, Long.numberOfTrailingZeros(left), this.again);
            }
        }
    }

    private void empty(int wheel, int slot, Consumer<Armed> each) {
        Armed chain = this.slots[wheel][slot];
        this.slots[wheel][slot] = null;
        this.filled[wheel] &= ~(1L << slot);
        each(chain, each);
    }

    /** Takes the chain apart. The dead are dropped, and unlinked: an old one must not keep younger ones alive. */
    static void each(@Nullable Armed chain, Consumer<Armed> live) {
        Armed timer = chain;
        while (timer != null) {
            Armed next = timer.next;
            timer.next = null;
            if (timer.isDead()) {
                timer.dropped();
            } else {
                live.accept(timer);
            }
            timer = next;
        }
    }

    /** The lowest wheel with anything in it has the first slot; past the last when there is none. */
    private int first() {
        int wheel = 0;
        while (wheel < WHEELS && this.filled[wheel] == 0) {
            wheel++;
        }
        return wheel;
    }

    /** The tick with which the wheel's next slot begins. */
    private long start(int wheel) {
        int below = wheel * BITS;
        long above = this.tick >>> (below + BITS) << (below + BITS);
        return above | (long) Long.numberOfTrailingZeros(this.filled[wheel]) << below;
    }
}
