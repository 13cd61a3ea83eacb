package dev.settle.docs;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The code of docs/weaving.md. */
class WeavingExamples {

    /** May fail now and then. */
    interface Source {

        String read(String line);
    }

    static class Importer {

        private final List<String> imported = new ArrayList<>();
        private final Source source;

        Importer(Source source) {
            this.source = source;
        }

        public int importAll(List<String> lines) {
            lines.forEach(this::importLine);
            return this.imported.size();
        }

        @Retry(maxRetries = 5, delay = "10ms")
        private void importLine(String line) {
            this.imported.add(this.source.read(line));
        }
    }

    static final class Upload {

        private final Client client;

        Upload(Client client) {
            this.client = client;
        }

        @Bulkhead(2)
        CompletableFuture<String> send(String file) {
            return this.client.send(file);
        }
    }
}
