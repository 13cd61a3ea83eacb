package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.Results;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class EachStressTests {

    @Test
    void aHundredThousandItemsThatEndAtOnceNeedNoDeepStack() throws Exception {
        int[] sum = {0};
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread small = new Thread(
                null,
                () -> Each.of(IntStream.range(0, 100_000).boxed()::iterator)
                        .atMost(3)
                        .run(item -> {
                            sum[0] += item % 2;
                            return CompletableFuture.completedFuture(null);
                        })
                        .whenComplete((nothing, failure) -> done.complete(null)),
                "small",
                512 * 1024);
        small.start();

        Results.await(done);
        assertThat(sum[0]).isEqualTo(50_000);
    }

    @RepeatedTest(20)
    void itemsThatEndOnManyThreadsAreNeverMoreThanAllowedAndLoseNothing() throws Exception {
        int limit = 1 + ThreadLocalRandom.current().nextInt(10);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Integer> items = IntStream.range(0, 5_000).boxed().toList();

        CompletableFuture<List<Integer>> all = Each.of(items).atMost(limit).map(item -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            CompletableFuture<Integer> work = new CompletableFuture<>();
            Runnable end = () -> {
                running.decrementAndGet();
                work.complete(item);
            };
            if (item % 5 == 0) {
                end.run();
            } else {
                ForkJoinPool.commonPool().execute(end);
            }
            return work;
        });

        assertThat(Results.await(all)).isEqualTo(items);
        assertThat(most.get()).isLessThanOrEqualTo(limit);
    }

    @RepeatedTest(200)
    void cancelAmongEndsLeavesNothingRunning() throws Exception {
        AtomicInteger running = new AtomicInteger();
        CompletableFuture<Void> run = Each.of(IntStream.range(0, 1_000).boxed()::iterator)
                .atMost(4)
                .run(item -> {
                    running.incrementAndGet();
                    CompletableFuture<Void> work = new CompletableFuture<>();
                    ForkJoinPool.commonPool().execute(() -> {
                        running.decrementAndGet();
                        work.complete(null);
                    });
                    return work;
                });

        run.cancel(true);

        Results.until(() -> running.get() == 0);
        assertThat(run).isDone();
    }
}
