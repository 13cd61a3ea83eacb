package dev.settle.abort;

/**
 * Until when something may take, and whose limit that is.
 *
 * @param at the moment, as a reading of the controller's clock
 * @param nanos how long the limit was when it began
 * @param whose in words, for reports
 */
record Limit(long at, long nanos, String whose) {

    static Limit from(long now, long nanos, String whose) {
        return new Limit(now + nanos, nanos, whose);
    }

    /** What may be used of it when others come after: one that hangs must not eat what they need. */
    Limit keeping(int later, long now) {
        long reserve = Budget.reserve(Math.max(0, this.at - now), this.nanos, later);
        return (reserve == 0) ? this : new Limit(this.at - reserve, this.nanos, this.whose);
    }

    static Limit nearer(Limit one, Limit other) {
        return (other.at - one.at < 0) ? other : one;
    }
}
