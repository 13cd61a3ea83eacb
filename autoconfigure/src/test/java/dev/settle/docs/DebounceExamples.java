package dev.settle.docs;

import dev.settle.annotation.Debounce;
import dev.settle.policy.debounce.Debouncer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The code of docs/debounce.md. */
class DebounceExamples {

    static class Editor {

        private final Client client;

        Editor(Client client) {
            this.client = client;
        }

        @Debounce(value = "300ms", key = "#session")
        public CompletableFuture<String> search(String session, String text) {
            return this.client.send("find " + text);
        }

        @Debounce(value = "1s", maxWait = "10s", running = Debounce.Running.QUEUE, key = "#document")
        public CompletableFuture<String> save(String document, String text) {
            return this.client.send("save " + document + ": " + text);
        }

        @Debounce(
                value = "200ms",
                superseded = Debounce.Superseded.CANCEL,
                running = Debounce.Running.ABORT,
                onShutdown = Debounce.OnShutdown.CANCEL,
                key = "#document")
        public CompletableFuture<String> preview(String document, String text) {
            return this.client.send("preview " + text);
        }

        @Debounce(value = "2s", leading = true)
        public void refreshIndex() {
            this.client.send("refresh");
        }
    }

    static class Notes implements AutoCloseable {

        private final Debouncer<String, String> saving;

        Notes(Client client) {
            this.saving = Debouncer.<String, String>after(Duration.ofSeconds(1), client::send)
                    .maxWait(Duration.ofSeconds(10))
                    .running(Debounce.Running.QUEUE)
                    .build();
        }

        CompletableFuture<String> changed(String text) {
            return this.saving.call(text);
        }

        CompletableFuture<Void> saveNow() {
            return this.saving.flush();
        }

        @Override
        public void close() {
            this.saving.close();
        }
    }
}
