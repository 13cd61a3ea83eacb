package dev.settle.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The whole clock with its threads: nothing is lost, and nobody is kept waiting by another. */
class CrewStressTests {

    private final SystemTime time = new SystemTime(Workers.shared());

    @RepeatedTest(5)
    void tasksOfManyThreadsRunOnceEach() throws Exception {
        int givers = 4;
        int each = 20_000;
        AtomicIntegerArray ran = new AtomicIntegerArray(givers * each);
        CountDownLatch all = new CountDownLatch(givers * each);
        List<Thread> threads = new ArrayList<>();
        for (int giver = 0; giver < givers; giver++) {
            int first = giver * each;
            threads.add(new Thread(() -> {
                for (int i = first; i < first + each; i++) {
                    int task = i;
                    Runnable run = () -> {
                        ran.incrementAndGet(task);
                        all.countDown();
                    };
                    // Also alone, so that workers come and go all the time.
                    if (i % 7 == 0) {
                        Thread.yield();
                    }
                    if (i % 3 == 0) {
                        this.time.schedule(0, run);
                    } else {
                        this.time.execute(run);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);

        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        for (Thread thread : threads) {
            thread.join();
        }
        for (int i = 0; i < ran.length(); i++) {
            assertThat(ran.get(i)).isEqualTo(1);
        }
    }

    @Test
    void tasksThatWaitForAllTheOthersEnd() throws Exception {
        int tasks = 300;
        CountDownLatch all = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            this.time.execute(() -> {
                all.countDown();
                await(all);
            });
        }

        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void timersFireWhileTasksBlock() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 50; i++) {
            this.time.execute(() -> await(never));
        }
        CountDownLatch fired = new CountDownLatch(1);

        this.time.schedule(TimeUnit.MILLISECONDS.toNanos(5), fired::countDown);

        assertThat(fired.await(30, TimeUnit.SECONDS)).isTrue();
        never.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
