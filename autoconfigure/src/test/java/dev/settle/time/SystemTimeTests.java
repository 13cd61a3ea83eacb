package dev.settle.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SystemTimeTests {

    private final SystemTime time = new SystemTime(Workers.shared());

    @Test
    void isTheSameForAll() {
        assertThat(TimeSource.system()).isSameAs(TimeSource.system());
    }

    @Test
    void clockIsTheMonotonicOne() {
        long before = System.nanoTime();
        long reading = this.time.nanoTime();
        long after = System.nanoTime();

        assertThat(reading - before).isNotNegative();
        assertThat(after - reading).isNotNegative();
    }

    @Test
    void timerFiresAndNotBeforeItIsDue() throws Exception {
        CompletableFuture<Long> fired = new CompletableFuture<>();
        long start = System.nanoTime();

        this.time.schedule(TimeUnit.MILLISECONDS.toNanos(20), () -> fired.complete(System.nanoTime()));

        assertThat(fired.get(10, TimeUnit.SECONDS) - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void timerOfZeroOrLessIsDueAtOnce() throws Exception {
        CountDownLatch fired = new CountDownLatch(2);

        this.time.schedule(0, fired::countDown);
        this.time.schedule(-1, fired::countDown);

        assertThat(fired.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tasksDoNotRunOnTheThreadThatKeepsTheTime() throws Exception {
        CompletableFuture<Thread> handedOverBy = new CompletableFuture<>();
        Queue<Runnable> tasks = new ArrayDeque<>();
        SystemTime byHand = new SystemTime(task -> {
            tasks.add(task);
            handedOverBy.complete(Thread.currentThread());
        });
        CompletableFuture<Thread> ranOn = new CompletableFuture<>();

        byHand.schedule(0, () -> ranOn.complete(Thread.currentThread()));

        Thread timer = handedOverBy.get(10, TimeUnit.SECONDS);
        assertThat(timer.getName()).isEqualTo("settle-timer");
        assertThat(timer.isDaemon()).isTrue();
        assertThat(ranOn).as("before a worker took it").isNotDone();
        tasks.remove().run();
        assertThat(ranOn).isCompletedWithValue(Thread.currentThread());
    }

    @Test
    void timerIsNotLostWhenThereIsNoThreadForItAtTheMoment() throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        SystemTime crowded = new SystemTime(task -> {
            if (refusals.incrementAndGet() < 3) {
                throw new OutOfMemoryError("no thread left, says the test");
            }
            task.run();
        });
        CompletableFuture<Boolean> fired = new CompletableFuture<>();

        crowded.schedule(0, () -> fired.complete(true));

        assertThat(fired.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(refusals).hasValue(3);
    }

    @Test
    void blockedTaskDoesNotStopTheTime() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Boolean> fired = new CompletableFuture<>();
        this.time.schedule(0, () -> {
            try {
                never.await();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        });

        this.time.schedule(1, () -> fired.complete(true));

        assertThat(fired.get(10, TimeUnit.SECONDS)).isTrue();
        never.countDown();
    }

    @Test
    void cancelledTimerIsGoneAtOnce() {
        TimeSource.Timer timer = this.time.schedule(TimeUnit.HOURS.toNanos(1), () -> {});
        TimeSource.Timer other = this.time.schedule(TimeUnit.HOURS.toNanos(1), () -> {});
        assertThat(this.time.pending()).isEqualTo(2);

        timer.cancel();
        timer.cancel();

        assertThat(this.time.pending()).isEqualTo(1);
        other.cancel();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void cancelledTimerDoesNotFire() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        TimeSource.Timer cancelled =
                this.time.schedule(TimeUnit.MILLISECONDS.toNanos(50), () -> first.complete("cancelled"));
        this.time.schedule(TimeUnit.MILLISECONDS.toNanos(60), () -> first.complete("other"));

        cancelled.cancel();

        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("other");
    }

    @Test
    void cancelAfterTheTimerHasFiredIsHarmless() throws Exception {
        CompletableFuture<Boolean> fired = new CompletableFuture<>();
        TimeSource.Timer timer = this.time.schedule(0, () -> fired.complete(true));
        fired.get(10, TimeUnit.SECONDS);

        timer.cancel();

        assertThat(this.time.pending()).isZero();
    }

    @Test
    void endlessTimerIsArmedAndDoesNotFire() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();

        TimeSource.Timer endless = this.time.schedule(Nanos.FOREVER, () -> first.complete("endless"));
        this.time.schedule(0, () -> first.complete("now"));

        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("now");
        assertThat(this.time.pending()).isEqualTo(1);
        endless.cancel();
    }
}
