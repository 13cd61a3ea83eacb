package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.Results;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads on both sides: nothing is lost, nothing comes twice, each sender's values come in order. */
class ChannelStressTests {

    private static final int SENDERS = 8;
    private static final int EACH = 2_000;
    private static final int ROUNDS = 3_000;

    record Value(int sender, int number) {}

    private static Channel<Value> channel(int capacity) {
        return (capacity == 0) ? Channel.rendezvous() : Channel.buffered(capacity);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, Integer.MAX_VALUE})
    void everyValueComesOnceAndInTheOrderOfItsSender(int capacity) throws Exception {
        Channel<Value> channel = channel(capacity);
        Queue<List<Value>> received = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        AtomicInteger sending = new AtomicInteger(SENDERS);
        for (int i = 0; i < SENDERS; i++) {
            int sender = i;
            threads.add(new Thread(() -> {
                for (int number = 0; number < EACH; number++) {
                    channel.send(new Value(sender, number)).join();
                }
                if (sending.decrementAndGet() == 0) {
                    channel.close();
                }
            }));
            threads.add(new Thread(() -> {
                List<Value> own = new ArrayList<>();
                for (Optional<Value> next = channel.receive().join();
                        next.isPresent();
                        next = channel.receive().join()) {
                    own.add(next.get());
                }
                received.add(own);
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(60_000);
            assertThat(thread.isAlive()).as("stranded").isFalse();
        }

        List<Value> all = received.stream().flatMap(List::stream).toList();
        assertThat(all).hasSize(SENDERS * EACH).doesNotHaveDuplicates();
        for (List<Value> own : received) {
            Map<Integer, Integer> last = new ConcurrentHashMap<>();
            own.forEach(value -> assertThat(last.put(value.sender(), value.number()))
                    .satisfiesAnyOf(
                            before -> assertThat(before).isNull(),
                            before -> assertThat(before).isLessThan(value.number())));
        }
    }

    /** Cancels, sends and receives meet: what was sent has been received, or is still there. */
    @Test
    void cancelledReceiveLosesNoValue() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            cancelAgainstSend();
        }
    }

    private static void cancelAgainstSend() throws Exception {
        Channel<String> channel = Channel.rendezvous();
        CompletableFuture<Optional<String>> receive = channel.receive();
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<Void> send = new CompletableFuture<>();
        Thread sender = new Thread(() -> {
            meet(start);
            CompletableFuture<Void> sending = channel.send("a");
            sending.whenComplete((done, failure) -> send.complete(null));
        });
        sender.start();
        meet(start);
        boolean cancelled = receive.cancel(true);
        sender.join();

        if (cancelled) {
            assertThat(receive).isCancelled();
            assertThat(channel.tryReceive()).contains("a");
        } else {
            assertThat(Results.await(receive)).contains("a");
            assertThat(channel.tryReceive()).isEmpty();
        }
        Results.await(send);
        assertThat(channel.waiting()).isZero();
    }

    @Test
    void closeAgainstSendStrandsNobody() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            closeAgainstSend();
        }
    }

    private static void closeAgainstSend() throws Exception {
        Channel<String> channel = Channel.buffered(1);
        CyclicBarrier start = new CyclicBarrier(2);
        List<CompletableFuture<?>> sends = new ArrayList<>();
        Thread sender = new Thread(() -> {
            meet(start);
            for (int i = 0; i < 3; i++) {
                sends.add(channel.send("" + i));
            }
        });
        sender.start();
        meet(start);
        channel.close();
        sender.join();

        int received = 0;
        while (Results.await(channel.receive()).isPresent()) {
            received++;
        }
        long accepted =
                sends.stream().filter(send -> !send.isCompletedExceptionally()).count();
        assertThat(sends).allMatch(CompletableFuture::isDone);
        assertThat(received).isEqualTo((int) accepted);
    }

    private static void meet(CyclicBarrier start) {
        try {
            start.await(30, TimeUnit.SECONDS);
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    /** One worker's function fails while another one is just getting a value: then that is dropped, not lost. */
    @Test
    void valueThatComesWhileItIsGivenUpIsDealtWithOrDropped() throws Exception {
        for (int round = 0; round < 2000; round++) {
            Queue<Integer> dropped = new ConcurrentLinkedQueue<>();
            Queue<Integer> dealtWith = new ConcurrentLinkedQueue<>();
            Channel<Integer> channel = Channel.buffered(1, Channel.Overflow.WAIT, dropped::add);
            CompletableFuture<String> failing = new CompletableFuture<>();
            CompletableFuture<Void> done = channel.consume(2, value -> {
                dealtWith.add(value);
                return (value == 0) ? failing : CompletableFuture.completedFuture("done");
            });
            Map<Integer, CompletableFuture<Void>> sends = new HashMap<>();
            sends.put(0, channel.send(0));
            Thread failure = new Thread(() -> failing.completeExceptionally(new IllegalStateException()));

            failure.start();
            for (int value = 1; value < 5; value++) {
                sends.put(value, channel.send(value));
            }
            failure.join();

            Results.awaitFailure(done);
            Results.until(() -> sends.values().stream().allMatch(CompletableFuture::isDone));
            List<Integer> sent = sends.keySet().stream()
                    .filter(value -> !sends.get(value).isCompletedExceptionally())
                    .toList();
            assertThat(Stream.concat(dropped.stream(), dealtWith.stream())).containsExactlyInAnyOrderElementsOf(sent);
        }
    }
}
