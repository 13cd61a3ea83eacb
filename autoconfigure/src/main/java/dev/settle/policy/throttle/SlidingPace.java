package dev.settle.policy.throttle;

import dev.settle.time.Nanos;

/**
 * No window, wherever it begins, holds more starts than the limit: the times of the starts in the last window are kept.
 * They may be more than the limit when that was lowered.
 */
final class SlidingPace implements Pace {

    private final int limit;
    private final long window;

    /** The latest starts, in a ring that grows as far as they may become many. */
    private long[] starts;

    private int oldest;
    private int count;
    private int promised;

    SlidingPace(int limit, long window) {
        this(limit, window, new long[Math.min(limit, 2)]);
    }

    private SlidingPace(int limit, long window, long[] starts) {
        this.limit = limit;
        this.window = window;
        this.starts = starts;
    }

    @Override
    public long delay(long now) {
        int free = this.limit - this.promised;
        if (this.count < free) {
            return 0;
        }
        // Of the latest starts, so many must be out of the window that what is promised finds room, and one more.
        return (free <= 0) ? UNKNOWN : untilOut(this.count - free, now);
    }

    @Override
    public long estimate(long now, int before) {
        int index = this.promised + before;
        int earlier = this.count + index % this.limit - this.limit;
        long first = (earlier < 0) ? 0 : untilOut(earlier, now);
        return Math.min(Nanos.FOREVER, first + Nanos.times(this.window, index / this.limit));
    }

    /** How long it is until a start, the oldest being number 0, is out of the window. */
    private long untilOut(int number, long now) {
        long age = now - this.starts[place(number)];
        return Math.max(0, this.window - age);
    }

    /** Where the start of that number is in the ring. Without a division, which costs more than all the rest. */
    private int place(int number) {
        int place = this.oldest + number;
        return (place < this.starts.length) ? place : place - this.starts.length;
    }

    @Override
    public void promise() {
        this.promised++;
    }

    @Override
    public void started(long now) {
        // More than come, so that those before a pause do not all have to go at once, at the cost of one call.
        forget(now, 2);
        if (this.count == this.starts.length) {
            grow();
        }
        this.starts[place(this.count)] = now;
        this.count++;
        // Last: where there is no memory for one more, it stays promised, and nobody starts in its place.
        this.promised--;
    }

    /** Lets go of the starts that are out of the window, the oldest first. */
    private void forget(long now, int most) {
        for (int i = 0; i < most && this.count > 0 && untilOut(0, now) == 0; i++) {
            this.oldest = place(1);
            this.count--;
        }
    }

    /** Also what was promised before the limit was lowered finds room. */
    private void grow() {
        long most = Math.max(this.limit, 1L + this.count + this.promised);
        long[] larger = new long[(int) Math.min(most, 2L * this.starts.length)];
        for (int i = 0; i < this.count; i++) {
            larger[i] = this.starts[place(i)];
        }
        this.starts = larger;
        this.oldest = 0;
    }

    @Override
    public void withdrawn() {
        this.promised--;
    }

    /** A start that is out of the old window by now stays out of a longer one. */
    @Override
    public Pace tuned(ThrottleSettings settings, long now) {
        forget(now, this.count);
        SlidingPace other = new SlidingPace(settings.limit(), Nanos.of(settings.window()), this.starts);
        other.oldest = this.oldest;
        other.count = this.count;
        other.promised = this.promised;
        return other;
    }

    @Override
    public long memory(long now) {
        return (this.count == 0) ? 0 : untilOut(this.count - 1, now);
    }
}
