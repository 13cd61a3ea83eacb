package dev.settle.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A million timers in real time, from two threads. */
class TimersStressTests {

    private static final int THREADS = 2;
    private static final int EACH = 500_000;

    private final SystemTime time = new SystemTime(Runnable::run);
    private final AtomicInteger early = new AtomicInteger();
    private final AtomicInteger twice = new AtomicInteger();
    private final CountDownLatch fired = new CountDownLatch(THREADS * EACH / 2);

    private final class Due extends AtomicInteger implements Runnable {

        private static final long serialVersionUID = 1L;

        private final long at;

        Due(long at) {
            this.at = at;
        }

        @Override
        public void run() {
            if (System.nanoTime() - this.at < 0) {
                TimersStressTests.this.early.incrementAndGet();
            }
            if (getAndIncrement() > 0) {
                TimersStressTests.this.twice.incrementAndGet();
            }
            TimersStressTests.this.fired.countDown();
        }
    }

    /** Every other timer is cancelled, some at once and some much later, long before they are due. */
    private void armAndCancel(int seed) {
        Random random = new Random(seed);
        List<TimeSource.Timer> cancelled = new ArrayList<>();
        for (int i = 0; i < EACH / 2; i++) {
            long delay = random.nextInt(500_000_000) >> random.nextInt(20);
            this.time.schedule(delay, new Due(System.nanoTime() + delay));
            cancelled.add(this.time.schedule(TimeUnit.HOURS.toNanos(1), () -> this.twice.incrementAndGet()));
            if (random.nextInt(2) == 0) {
                cancelled.remove(cancelled.size() - 1).cancel();
            } else if (random.nextInt(100) == 0) {
                cancelled.remove(random.nextInt(cancelled.size())).cancel();
            }
        }
        cancelled.forEach(TimeSource.Timer::cancel);
    }

    @Test
    void eachFiresOnceAndNoneEarlyAndNothingIsLeft() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> arming = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                arming.add(threads.submit(() -> armAndCancel(seed)));
            }
            for (Future<?> each : arming) {
                each.get(60, TimeUnit.SECONDS);
            }
            assertThat(this.fired.await(30, TimeUnit.SECONDS))
                    .as("all have fired")
                    .isTrue();
        } finally {
            threads.shutdownNow();
        }
        assertThat(this.early).hasValue(0);
        assertThat(this.twice).as("fired twice, or although cancelled").hasValue(0);
        assertThat(this.time.pending()).isZero();
    }
}
