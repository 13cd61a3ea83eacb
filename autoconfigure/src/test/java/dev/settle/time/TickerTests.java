package dev.settle.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The thread: it comes with the first timer, goes after the last, and comes again. */
class TickerTests {

    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final AtomicLong shift = new AtomicLong();
    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final Timers timers = with(task -> {
        Thread thread = Workers.daemons("settle-timer").newThread(task);
        this.started.add(thread);
        return thread;
    });

    /** The real clock, which a test can put forward. */
    private Timers with(ThreadFactory threads) {
        return new Ticker<>(
                        threads, alarm -> new Timers(() -> System.nanoTime() + this.shift.get(), Runnable::run, alarm))
                .turns();
    }

    private void fire() throws Exception {
        CompletableFuture<String> fired = new CompletableFuture<>();
        this.timers.arm(0, () -> fired.complete("fired"));
        assertThat(fired.get(30, TimeUnit.SECONDS)).isEqualTo("fired");
    }

    /** As if so much time had passed while the thread was parked. */
    private void passes(long nanos) {
        this.shift.addAndGet(nanos);
        LockSupport.unpark(this.started.get(this.started.size() - 1));
    }

    /** Two rests: the first may find that a timer has gone meanwhile. */
    private void awaitEnd(Thread thread) throws InterruptedException {
        for (int i = 0; i < 300 && thread.isAlive(); i++) {
            passes(Timers.REST);
            thread.join(100);
        }
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void thereIsNoThreadBeforeTheFirstTimer() {
        assertThat(this.started).isEmpty();
    }

    @Test
    void oneDaemonKeepsTheTimeOfAll() throws Exception {
        fire();
        fire();
        this.timers.arm(HOUR, () -> {}).cancel();

        assertThat(this.started).hasSize(1).allMatch(Thread::isDaemon);
    }

    @Test
    void threadThatRunsOutOfMemoryForAMomentGoesOn() throws Exception {
        AtomicInteger failures = new AtomicInteger(3);
        Timers poor = new Ticker<>(
                        Workers.daemons("settle-timer"),
                        alarm -> new Timers(
                                () -> {
                                    if (Thread.currentThread().getName().equals("settle-timer")
                                            && failures.getAndDecrement() > 0) {
                                        throw new OutOfMemoryError("on purpose");
                                    }
                                    return System.nanoTime();
                                },
                                Runnable::run,
                                alarm))
                .turns();
        CompletableFuture<String> fired = new CompletableFuture<>();

        poor.arm(0, () -> fired.complete("fired"));

        assertThat(fired.get(30, TimeUnit.SECONDS)).isEqualTo("fired");
        assertThat(failures).hasValueLessThanOrEqualTo(0);
    }

    @Test
    void threadEndsWhenNothingIsArmedAndComesBack() throws Exception {
        fire();
        awaitEnd(this.started.get(0));

        fire();

        assertThat(this.started).hasSize(2);
    }

    @Test
    void threadEndsAlthoughACancelledTimerHadLongToGo() throws Exception {
        fire();
        this.timers.arm(1000 * HOUR, () -> {}).cancel();

        awaitEnd(this.started.get(0));
    }

    @Test
    void threadStaysWhileATimerIsArmed() throws Exception {
        CompletableFuture<Thread> fired = new CompletableFuture<>();
        fire();
        this.timers.arm(HOUR, () -> fired.complete(Thread.currentThread()));
        for (int i = 0; i < 10; i++) {
            passes(Timers.REST);
            fire();
        }

        passes(HOUR);

        assertThat(fired.get(30, TimeUnit.SECONDS)).isSameAs(this.started.get(0));
        assertThat(this.started).hasSize(1);
    }

    @Test
    void parkedThreadIsWokenByATimerThatIsEarlier() throws Exception {
        this.timers.arm(HOUR, () -> {});
        fire();
    }

    @Test
    void interruptedThreadGoesOn() throws Exception {
        fire();

        this.started.get(0).interrupt();

        fire();
        assertThat(this.started).hasSize(1);
    }

    @Test
    void timerThatNoThreadCanBeStartedForIsRefusedAndTheNextTriesAgain() throws Exception {
        AtomicLong starts = new AtomicLong();
        Timers crowded = with(task -> {
            if (starts.incrementAndGet() == 1) {
                throw new OutOfMemoryError("no thread left, says the test");
            }
            return Workers.daemons("settle-timer").newThread(task);
        });
        CompletableFuture<String> fired = new CompletableFuture<>();

        assertThatThrownBy(() -> crowded.arm(0, () -> fired.complete("refused")))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(crowded.pending()).isZero();
        crowded.arm(HOUR, () -> {});
        crowded.arm(0, () -> fired.complete("next"));

        assertThat(fired.get(30, TimeUnit.SECONDS)).isEqualTo("next");
    }
}
