package dev.settle.sample.quotes;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;

import dev.settle.annotation.OnAbort;
import dev.settle.sample.DeskPhases;
import dev.settle.sample.DeskProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Accepted quotes on their way to a file, a line of JSON each: written now and then, and when the desk closes. */
@Component
final class Outbox {

    private final Path file;
    private final JsonMapper json;
    private final List<String> waiting = new ArrayList<>();

    Outbox(DeskProperties desk, JsonMapper json) {
        this.file = desk.file("outbox.jsonl");
        this.json = json;
    }

    synchronized void add(Quote quote) {
        this.waiting.add(this.json.writeValueAsString(quote));
    }

    @Scheduled(fixedDelayString = "${desk.outbox-interval}")
    void flush() throws IOException {
        write();
    }

    @OnAbort(phase = DeskPhases.OUTBOX)
    String close() throws IOException {
        return "flushed " + write() + " quotes";
    }

    /** What could not be written stays; half of it may be there twice then, so readers go by the id. */
    private synchronized int write() throws IOException {
        int count = this.waiting.size();
        if (count > 0) {
            Files.createDirectories(this.file.toAbsolutePath().getParent());
            Files.write(this.file, this.waiting, CREATE, APPEND, DSYNC);
            this.waiting.clear();
        }
        return count;
    }
}
