package dev.settle.policy.throttle;

import dev.settle.time.Nanos;
import java.math.BigInteger;

/**
 * Evenly spaced starts, with a burst on top: the generic cell rate algorithm (ITU-T I.371). All it keeps is how far the
 * starts are ahead of their time.
 */
final class SmoothPace implements Pace {

    private final long spacing;
    private final int burst;
    private final long tolerance;

    /** How far ahead of their time the starts were, and when. */
    private long ahead;

    private long at;
    private int promised;

    SmoothPace(int limit, long window, int burst) {
        // Rounded up: rather a nanosecond too late than one call too many.
        this.spacing = (window - 1) / limit + 1;
        this.burst = burst;
        this.tolerance = Nanos.times(this.spacing, burst - 1L);
    }

    private long ahead(long now) {
        // Nothing has started yet, or nothing that counts: then no reading is kept that the clock may be compared with.
        if (this.ahead == 0) {
            return 0;
        }
        long since = now - this.at;
        return (since >= this.ahead) ? 0 : this.ahead - since;
    }

    @Override
    public long delay(long now) {
        if (this.promised == 0) {
            // As the estimate, without a division, which costs more than all the rest.
            return Math.max(0, ahead(now) - this.tolerance);
        }
        return (this.promised >= this.burst) ? UNKNOWN : estimate(now, 0);
    }

    @Override
    public long estimate(long now, int before) {
        long due = Math.min(Nanos.FOREVER, ahead(now) + Nanos.times(this.spacing, (long) this.promised + before));
        return Math.max(0, due - this.tolerance);
    }

    @Override
    public void promise() {
        this.promised++;
    }

    @Override
    public void started(long now) {
        this.promised--;
        this.ahead = Math.min(Nanos.FOREVER, ahead(now) + this.spacing);
        this.at = now;
    }

    @Override
    public void withdrawn() {
        this.promised--;
    }

    /** As many starts ahead as before. */
    @Override
    public Pace tuned(ThrottleSettings settings, long now) {
        SmoothPace other = new SmoothPace(settings.limit(), Nanos.of(settings.window()), settings.burst());
        other.ahead = scaled(ahead(now), other.spacing);
        other.at = now;
        other.promised = this.promised;
        return other;
    }

    private long scaled(long nanos, long otherSpacing) {
        BigInteger spacings = BigInteger.valueOf(nanos).multiply(BigInteger.valueOf(otherSpacing));
        // Rounded up, as the spacing is.
        return spacings.add(BigInteger.valueOf(this.spacing - 1))
                .divide(BigInteger.valueOf(this.spacing))
                .min(BigInteger.valueOf(Nanos.FOREVER))
                .longValueExact();
    }

    @Override
    public long memory(long now) {
        return ahead(now);
    }
}
