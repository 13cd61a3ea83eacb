package dev.settle.benchmark.soak;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A partner that mostly answers, sometimes later, sometimes with a failure, and now and then never. */
final class Remote {

    static final ScheduledExecutorService WIRE = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "wire");
        thread.setDaemon(true);
        return thread;
    });

    private Remote() {}

    static CompletableFuture<String> ask() {
        int dice = ThreadLocalRandom.current().nextInt(1000);
        if (dice < 700) {
            return CompletableFuture.completedFuture("at once");
        }
        if (dice < 800) {
            return CompletableFuture.failedFuture(new IllegalStateException("at once"));
        }
        CompletableFuture<String> answer = new CompletableFuture<>();
        if (dice < 950) {
            WIRE.schedule(() -> answer.complete("later"), dice % 4, TimeUnit.MILLISECONDS);
        } else if (dice < 998) {
            WIRE.execute(() -> answer.completeExceptionally(new IllegalStateException("later")));
        }
        return answer;
    }

    static String askNow() {
        if (ThreadLocalRandom.current().nextInt(10) == 0) {
            throw new IllegalStateException("now");
        }
        return "now";
    }
}
