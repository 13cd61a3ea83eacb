package dev.settle.docs;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Timeout;
import dev.settle.policy.bulkhead.AsyncSemaphore;
import dev.settle.policy.bulkhead.AsyncSemaphore.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The code of docs/bulkhead.md. */
class BulkheadExamples {

    static class Warehouse {

        private final Client client;

        Warehouse(Client client) {
            this.client = client;
        }

        @Bulkhead(value = 10, maxWait = "2s", queueCapacity = 100, key = "#site")
        public CompletableFuture<String> stock(String site, String item) {
            return this.client.send(site + "/" + item);
        }
    }

    static class Renderer {

        private final Executor threads;

        Renderer(Executor threads) {
            this.threads = threads;
        }

        @Bulkhead(2)
        @Timeout(value = "5s", cancel = false)
        public CompletableFuture<Integer> render(List<String> pages, AbortSignal signal) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        int drawn = 0;
                        for (String page : pages) {
                            signal.throwIfAborted();
                            drawn += page.length();
                        }
                        return drawn;
                    },
                    this.threads);
        }
    }

    static class Mailer {

        private final Client client;
        private final AsyncSemaphore connections = AsyncSemaphore.of(10);

        Mailer(Client client) {
            this.client = client;
        }

        CompletableFuture<String> send(String mail) {
            return this.connections.call(() -> this.client.send(mail));
        }

        boolean tidyUp(Runnable task) {
            Optional<Permit> free = this.connections.tryAcquire(10);
            try (Permit all = free.orElse(null)) {
                if (all != null) {
                    task.run();
                }
                return all != null;
            }
        }

        CompletableFuture<String> sendInOneSession(String hello, String mail) {
            return this.connections
                    .acquire(Duration.ofSeconds(2))
                    .thenCompose(permit -> this.client
                            .send(hello)
                            .thenCompose(welcome -> this.client.send(mail))
                            .whenComplete((reply, failure) -> permit.close()));
        }

        AsyncSemaphore connections() {
            return this.connections;
        }
    }
}
