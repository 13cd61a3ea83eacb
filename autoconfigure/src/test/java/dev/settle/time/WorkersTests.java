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
                await(allRun);
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

    @Test
    void threadsDoNotKeepTheClassLoaderOfWhoeverNeededThemFirst() throws Exception {
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        CompletableFuture<ClassLoader> ran = new CompletableFuture<>();
        CompletableFuture<ClassLoader> fired = new CompletableFuture<>();
        caller.setContextClassLoader(new ClassLoader(before) {});
        try {
            Thread timer = Workers.daemons("settle-timer")
                    .newThread(() -> fired.complete(Thread.currentThread().getContextClassLoader()));
            timer.start();
            // A pool starts a thread only when all it has are busy.
            CountDownLatch enough = new CountDownLatch(200);
            for (int i = 0; i < 200; i++) {
                Workers.shared().execute(() -> {
                    ClassLoader own = Thread.currentThread().getContextClassLoader();
                    if (own != Workers.class.getClassLoader()) {
                        ran.complete(own);
                    }
                    enough.countDown();
                    await(enough);
                });
            }
            assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            caller.setContextClassLoader(before);
        }

        assertThat(ran.getNow(null)).isNull();
        assertThat(fired.get(30, TimeUnit.SECONDS)).isSameAs(Workers.class.getClassLoader());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
