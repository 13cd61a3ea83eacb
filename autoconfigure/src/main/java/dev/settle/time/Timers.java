package dev.settle.time;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * All timers of one clock. Any thread arms and cancels; one, the ticker, takes turns, and is told when to come again.
 *
 * <p>Race: the ticker goes to rest while somebody arms a timer. The ticker has promised when it will look next. Who arms
 * pushes the timer first and reads the promise then; the ticker gives its promise first and collects what was pushed
 * then. So one of the two sees the other: either the timer is collected, or the promise is found to be too late, and is
 * lowered, and the ticker woken. A promise is raised only when its time has come: most timers are longer than the one
 * that gave rise to it, and wake nobody.
 */
final class Timers implements Turns {

    /** So long the ticker rests at most, and so long it stays when nothing is armed. */
    static final long REST = TimeUnit.SECONDS.toNanos(10);

    /** When a worker could not be had. */
    private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int STRIPES =
            4 * Math.min(16, powerOfTwo(Runtime.getRuntime().availableProcessors()));

    private final LongSupplier clock;
    private final Executor workers;
    private final Runnable alarm;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private final Wheel wheel;

    // Made once: a turn needs no memory, which may be what there is none of.
    private final Consumer<Armed> due = this::hand;
    private final Consumer<Armed> sorted;

    private final AtomicLong promise;
    private volatile long never;
    private long looked;

    /**
     * @param workers they run what is due
     * @param alarm has the ticker take a turn soon
     */
    Timers(LongSupplier clock, Executor workers, Runnable alarm) {
        this.clock = clock;
        this.workers = workers;
        this.alarm = alarm;
        for (int i = 0; i < STRIPES; i++) {
            this.stripes[i] = new Stripe(this::sweepSoon);
        }
        this.looked = clock.getAsLong();
        this.wheel = new Wheel(this.looked);
        this.sorted = this.wheel::add;
        this.never = afterAll(this.looked);
        this.promise = new AtomicLong(this.never);
    }

    private static int powerOfTwo(int atLeast) {
        return (atLeast <= 1) ? 1 : Integer.highestOneBit(atLeast - 1) << 1;
    }

    /**
     * Later than any timer of the next 73 years, so whichever comes first lowers it. Not later than that: a timer may be due
     * before this now, armed by one who read the clock sooner, and their difference must not wrap around.
     */
    private static long afterAll(long now) {
        return now + Nanos.FOREVER + Nanos.FOREVER / 2;
    }

    /** Due with the first tick after the delay, so never early; without a delay due now. */
    TimeSource.Timer arm(long delayNanos, Runnable task) {
        long now = this.clock.getAsLong();
        return armDue((delayNanos <= 0) ? now : Wheel.ceiling(now + Math.min(delayNanos, Nanos.FOREVER)), task);
    }

    /** Due with the first tick that is not before that reading of the clock. */
    TimeSource.Timer armAt(long at, Runnable task) {
        return armDue(Wheel.ceiling(at), task);
    }

    private TimeSource.Timer armDue(long due, Runnable task) {
        Stripe stripe = this.stripes[(int) Thread.currentThread().getId() & (STRIPES - 1)];
        Armed timer = new Armed(task, due, stripe);
        stripe.push(timer);
        if (lower(due)) {
            wake(timer);
        }
        return timer;
    }

    private boolean lower(long due) {
        long promised = this.promise.get();
        while (due - promised < 0) {
            if (this.promise.compareAndSet(promised, due)) {
                return true;
            }
            promised = this.promise.get();
        }
        return false;
    }

    /** Where the system has no thread left for the ticker, arming fails, and the next one tries again. */
    private void wake(Armed timer) {
        try {
            this.alarm.run();
        } catch (Throwable ex) {
            // First the promise, which others trust. One of them may have done so meanwhile: its timer, too, waits for
            // the
            // next that is armed.
            this.promise.compareAndSet(timer.due, this.never);
            timer.cancel();
            throw ex;
        }
    }

    private void sweepSoon() {
        try {
            this.alarm.run();
        } catch (Throwable ex) {
            // No thread left for the ticker: whoever arms next asks again, and who cancels must not fail.
        }
    }

    int pending() {
        int live = 0;
        for (Stripe stripe : this.stripes) {
            live += stripe.live();
        }
        return Math.max(0, live);
    }

    int dead() {
        int dead = 0;
        for (Stripe stripe : this.stripes) {
            dead += stripe.dead();
        }
        return dead;
    }

    @Override
    public long turn() {
        long now = this.clock.getAsLong();
        boolean rested = now - this.looked >= REST;
        collect();
        if (rested || now - this.promise.get() >= 0) {
            this.wheel.advance(now, this.due);
            look(now);
            collect();
        }
        if (dead() > pending() + (rested ? 0 : Stripe.MANY)) {
            this.wheel.sweep();
        }
        if (!this.wheel.isEmpty()) {
            lower(this.wheel.next());
        }
        long later = this.clock.getAsLong();
        return Math.min(this.promise.get() - later, this.looked + REST - later);
    }

    private void collect() {
        for (Stripe stripe : this.stripes) {
            Wheel.each(stripe.takeAll(), this.sorted);
        }
    }

    private void look(long now) {
        this.looked = now;
        if (this.wheel.isEmpty()) {
            this.never = afterAll(now);
            this.promise.set(this.never);
        } else {
            this.promise.set(this.wheel.next());
        }
    }

    /** Whether nothing has been armed since the ticker looked last, a rest ago, and found nothing. */
    @Override
    public boolean isIdle() {
        return this.promise.get() == this.never && this.clock.getAsLong() - this.looked >= REST;
    }

    /** A machine that has no thread left at the moment must not lose a timeout. */
    private void hand(Armed timer) {
        Runnable task = timer.take();
        if (task == null) {
            timer.dropped();
            return;
        }
        try {
            this.workers.execute(task);
        } catch (Throwable ex) {
            timer.again(task, Wheel.ceiling(this.clock.getAsLong() + RETRY));
            this.wheel.add(timer);
        }
    }
}
