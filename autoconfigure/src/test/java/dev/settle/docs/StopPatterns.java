package dev.settle.docs;

import static java.time.Duration.ofSeconds;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.Aborts;
import dev.settle.abort.AsyncAbortController;
import dev.settle.flow.Background;
import dev.settle.flow.Outcome;
import dev.settle.flow.TaskGroup;
import dev.settle.flow.Using;
import dev.settle.policy.timeout.TimeoutPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The code of docs/patterns.md, part two: what ends together, and what is given up. */
class StopPatterns {

    private final Client api;

    StopPatterns(Client api) {
        this.api = api;
    }

    CompletableFuture<String> cancellable(AsyncAbortController controller) {
        CompletableFuture<String> reply = controller.track("fetch", signal -> {
            CompletableFuture<String> sent = this.api.send("data");
            Aborts.cancelling(signal, sent);
            return sent;
        });
        // Either gives it up:
        // reply.cancel(true);
        // controller.abortAsync();
        return reply;
    }

    CompletableFuture<Long> longWork(AbortSignal signal) {
        return CompletableFuture.supplyAsync(() -> {
            long sum = 0;
            for (int i = 0; i < 1_000; i++) {
                signal.throwIfAborted();
                sum += i;
            }
            return sum;
        });
    }

    interface Stores {
        CompletableFuture<Void> closeDatabase();

        CompletableFuture<Void> clearCache();
    }

    CompletableFuture<AbortReport> inOrder(AsyncAbortController controller, Stores stores) {
        AbortGroup cache = controller.nextGroup("cache");
        AbortGroup database = cache.nextGroup("database");
        cache.onAbort("clear the cache", reason -> stores.clearCache());
        database.onAbort("close the database", reason -> stores.closeDatabase());
        return controller.abortAsync();
    }

    record View(String user, String orders) {}

    CompletableFuture<View> together(String id) {
        return TaskGroup.run(group -> group.fork(() -> this.api.send("user " + id))
                .thenCombine(group.fork(() -> this.api.send("orders " + id)), View::new));
    }

    CompletableFuture<List<Outcome<String>>> each(List<String> ids) {
        return TaskGroup.settle(group -> {
            List<CompletableFuture<Outcome<String>>> all = ids.stream()
                    .map(id -> Outcome.of(group.fork(() -> this.api.send(id))))
                    .toList();
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
        });
    }

    CompletableFuture<List<String>> blocking(List<Path> files) {
        return TaskGroup.atMost(4).run(group -> {
            List<CompletableFuture<String>> all = files.stream()
                    .map(file -> group.forkBlocking(() -> Files.readString(file)))
                    .toList();
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
        });
    }

    interface Pool {
        CompletableFuture<Connection> acquire();
    }

    interface Connection {
        CompletableFuture<String> query(String sql);

        CompletableFuture<Void> release();
    }

    CompletableFuture<String> query(Pool pool, String sql) {
        return Using.with(pool::acquire, connection -> connection.query(sql), Connection::release);
    }

    String firstLine(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return reader.readLine();
        }
    }

    void inTheBackground(Background background, String user) {
        background.run("welcome mail", () -> this.api.send("mail to " + user));
    }

    CompletableFuture<String> always(String id) {
        return TimeoutPolicy.of(ofSeconds(10)).call(() -> this.api.send(id));
    }
}
