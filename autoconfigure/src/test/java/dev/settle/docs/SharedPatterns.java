package dev.settle.docs;

import dev.settle.flow.Blocking;
import dev.settle.flow.Channel;
import dev.settle.flow.Channel.Overflow;
import dev.settle.flow.Each;
import dev.settle.policy.bulkhead.AsyncSemaphore;
import dev.settle.policy.exclusive.KeyedMutex;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The code of docs/patterns.md, part three: what several share, and how values go from one to another. */
class SharedPatterns {

    private final Client api;
    private final AsyncSemaphore connections = AsyncSemaphore.of(3);
    private final KeyedMutex<String> accounts = KeyedMutex.create();
    private final LongAdder served = new LongAdder();
    private final List<String> waiting = new ArrayList<>();

    SharedPatterns(Client api) {
        this.api = api;
    }

    CompletableFuture<List<String>> limited(List<String> ids) {
        return Each.of(ids).map(id -> this.connections.call(() -> this.api.send(id)));
    }

    CompletableFuture<String> alone(String account) {
        return this.accounts.call(account, () -> this.api.send("close " + account));
    }

    CompletableFuture<String> transfer(String from, String to) {
        return this.accounts.callAll(List.of(from, to), () -> this.api.send(from + " to " + to));
    }

    CompletableFuture<String> join(String report) {
        return this.accounts.join(report, () -> this.api.send("draw " + report));
    }

    CompletableFuture<Void> flush() {
        List<String> batch;
        synchronized (this.waiting) {
            batch = List.copyOf(this.waiting);
            this.waiting.clear();
        }
        return Each.of(batch).run(this.api::send);
    }

    void count() {
        this.served.increment();
    }

    CompletableFuture<List<Integer>> compute(List<String> pages, ExecutorService processors) {
        return Each.of(pages)
                .atMost(Runtime.getRuntime().availableProcessors())
                .map(page -> Blocking.of(processors, page::length).start());
    }

    CompletableFuture<Void> produceAndConsume(Channel<String> orders) {
        CompletableFuture<Void> packed = orders.consume(4, this.api::send);
        orders.send("first").thenCompose(sent -> orders.send("second")).whenComplete((sent, failure) -> orders.close());
        return packed;
    }

    CompletableFuture<Void> fanOut(Channel<String> jobs, int workers, Channel<String> results) {
        return jobs.consume(workers, job -> this.api.send(job).thenCompose(results::send))
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        results.close();
                    } else {
                        results.fail(failure);
                    }
                });
    }

    Channel<String> fanIn(Channel<String> europe, Channel<String> asia) {
        return Channel.merge(List.of(europe, asia));
    }

    Channel<String> latest(Consumer<String> missed) {
        return Channel.buffered(1, Overflow.DROP_OLDEST, missed);
    }

    CompletableFuture<String> ofTenMinutes(VirtualTime time) {
        CompletableFuture<String> call =
                TimeoutPolicy.of(Duration.ofMinutes(10), true, time).call(CompletableFuture::new);
        time.advance(Duration.ofMinutes(10));
        return call;
    }
}
