package dev.settle.time;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Arming, cancelling and going to rest as the real timers do it, in little, and with a flaw. */
final class BrokenTimers implements Clockwork {

    enum Flaw {
        NONE,
        READS_THE_PROMISE_BEFORE_IT_PUSHES,
        COLLECTS_BEFORE_IT_PROMISES,
        TAKES_WITHOUT_CAS
    }

    private record Single(AtomicReference<@Nullable Runnable> task, long due) {}

    private final AtomicReference<List<Single>> pushed = new AtomicReference<>(List.of());
    private final AtomicLong promise = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger alarms = new AtomicInteger();
    private final Flaw flaw;
    private final Runnable window;
    private volatile long now;

    /** @param window gives way where the flaw may show itself */
    BrokenTimers(Flaw flaw, Runnable window) {
        this.flaw = flaw;
        this.window = window;
    }

    @Override
    public Runnable arm(long due, Runnable task) {
        Single timer = new Single(new AtomicReference<>(task), due);
        this.pending.incrementAndGet();
        if (this.flaw != Flaw.READS_THE_PROMISE_BEFORE_IT_PUSHES) {
            push(timer);
        }
        boolean wake = lower(due);
        if (this.flaw == Flaw.READS_THE_PROMISE_BEFORE_IT_PUSHES) {
            this.window.run();
            push(timer);
        }
        if (wake) {
            this.alarms.incrementAndGet();
        }
        return () -> take(timer);
    }

    private @Nullable Runnable take(Single timer) {
        Runnable seen = timer.task.get();
        if (this.flaw == Flaw.TAKES_WITHOUT_CAS) {
            this.window.run();
            timer.task.set(null);
        } else {
            seen = timer.task.getAndSet(null);
        }
        if (seen != null) {
            this.pending.decrementAndGet();
        }
        return seen;
    }

    private void push(Single timer) {
        this.pushed.updateAndGet(
                list -> Stream.concat(list.stream(), Stream.of(timer)).toList());
    }

    private boolean lower(long due) {
        return this.promise.getAndAccumulate(due, Math::min) > due;
    }

    @Override
    public void at(long time) {
        this.now = time;
    }

    @Override
    public long turn() {
        if (this.flaw != Flaw.COLLECTS_BEFORE_IT_PROMISES) {
            this.promise.set(Long.MAX_VALUE);
        }
        List<Single> collected = this.pushed.getAndSet(List.of());
        if (this.flaw == Flaw.COLLECTS_BEFORE_IT_PROMISES) {
            this.window.run();
            this.promise.set(Long.MAX_VALUE);
        }
        collected.forEach(this::fireOrKeep);
        return this.promise.get();
    }

    private void fireOrKeep(Single timer) {
        if (timer.due > this.now) {
            push(timer);
            lower(timer.due);
            return;
        }
        Runnable task = take(timer);
        if (task != null) {
            task.run();
        }
    }

    @Override
    public int pending() {
        return this.pending.get();
    }

    @Override
    public int alarms() {
        return this.alarms.get();
    }
}
