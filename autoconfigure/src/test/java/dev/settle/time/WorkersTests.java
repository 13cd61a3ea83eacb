package dev.settle.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkersTests {

    @Test
    void threadsAreDaemonsNamedAfterSettle() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();

        Workers.shared().execute(() -> ran.complete(Thread.currentThread()));

        Thread thread = ran.get(10, TimeUnit.SECONDS);
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).startsWith("settle-");
    }

    @Test
    void blockedTasksHoldUpNoOther() throws Exception {
        int tasks = 100;
        CountDownLatch allRun = new CountDownLatch(tasks);

        // Each waits for all the others: fewer threads than tasks would never end.
        for (int i = 0; i < tasks; i++) {
            Workers.shared().execute(() -> {
                allRun.countDown();
                try {
                    allRun.await();
                } catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        assertThat(allRun.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void threadsAreVirtualWhereThereAreVirtualOnes() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();

        Workers.shared().execute(() -> ran.complete(Thread.currentThread()));

        // A virtual thread says so in its first words; Thread.isVirtual() is newer than the code.
        assertThat(ran.get(10, TimeUnit.SECONDS).toString().startsWith("VirtualThread["))
                .isEqualTo(Runtime.version().feature() >= 21);
    }
}
