package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.PinnedThreads;
import dev.settle.core.Results;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/** Who blocks on a virtual thread has the same flows by {@code join()}, and gives the carrier back meanwhile. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadFlowTests {

    private static final int CALLERS = 50;

    private final VirtualThreadTaskExecutor threads = new VirtualThreadTaskExecutor("caller-");

    private <T> CompletableFuture<T> onVirtualThread(Callable<T> call) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        this.threads.execute(() -> {
            try {
                outcome.complete(call.call());
            } catch (Throwable ex) {
                outcome.completeExceptionally(ex);
            }
        });
        return outcome;
    }

    private CompletableFuture<String> later(String value) {
        return CompletableFuture.supplyAsync(() -> value, this.threads);
    }

    /** Items, children, a channel with one on either side, and code that blocks, each of them joined. */
    private int everyFlow() {
        List<String> items =
                Each.of(List.of("a", "b", "c", "d")).atMost(2).map(this::later).join();
        String child = TaskGroup.atMost(1)
                .run(group -> {
                    group.forkBlocking(this.threads, () -> later("first").join());
                    return group.fork(() -> later("second"));
                })
                .join();
        Channel<String> channel = Channel.rendezvous();
        CompletableFuture<Integer> sent = onVirtualThread(() -> {
            items.forEach(item -> channel.send(item).join());
            channel.send(child).join();
            channel.close();
            return items.size() + 1;
        });
        int received = 0;
        for (Optional<String> one = channel.receive().join();
                one.isPresent();
                one = channel.receive().join()) {
            received++;
        }
        assertThat(sent.join()).isEqualTo(received);
        return received;
    }

    @Test
    void noJoinPinsAThread(@TempDir Path directory) throws Exception {
        AtomicInteger received = new AtomicInteger();
        // Classes are initialized before: while one is, its thread cannot leave its carrier, whatever it waits for.
        joined(onVirtualThread(this::everyFlow));

        List<RecordedEvent> pinned = PinnedThreads.during(directory.resolve("flows.jfr"), () -> {
            List<CompletableFuture<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(onVirtualThread(this::everyFlow));
            }
            callers.forEach(caller -> received.addAndGet(joined(caller)));
        });

        assertThat(received).hasValue(5 * CALLERS);
        assertThat(pinned)
                .filteredOn(event -> PinnedThreads.isParkedIn(event, "dev.settle."))
                .isEmpty();
    }

    private static int joined(CompletableFuture<Integer> caller) {
        try {
            return Results.await(caller);
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }
}
