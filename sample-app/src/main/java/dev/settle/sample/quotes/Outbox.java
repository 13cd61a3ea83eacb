package dev.settle.sample.quotes;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;

import dev.settle.annotation.OnAbort;
import dev.settle.sample.DeskPhases;
import dev.settle.sample.DeskProperties;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Accepted quotes on their way to a file, a line of JSON each: written now and then, and when the desk closes. The database
 * has every quote before this has it, so that a desk that was killed finds there what it has not written.
 */
@Component
final class Outbox {

    private final Path file;
    private final JsonMapper json;
    private final List<String> waiting = new ArrayList<>();

    Outbox(DeskProperties desk, JsonMapper json, QuoteStore store) throws IOException {
        this.file = desk.file("outbox.jsonl");
        this.json = json;
        Set<String> written = written();
        try (Stream<Quote> quotes = store.all()) {
            quotes.filter(quote -> !written.contains(quote.id())).forEach(this::add);
        }
    }

    private Set<String> written() throws IOException {
        Set<String> ids = new HashSet<>();
        if (Files.exists(this.file)) {
            dropHalfLine();
            try (Stream<String> lines = Files.lines(this.file)) {
                lines.forEach(line -> ids.add(this.json.readTree(line).get("id").asString()));
            }
        }
        return ids;
    }

    /** Who is killed while he writes, or finds the disk full, leaves a part of a line at the end. */
    private void dropHalfLine() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(this.file.toFile(), "rw")) {
            long end = bytes.length();
            while (end > 0 && at(bytes, end - 1) != '\n') {
                end--;
            }
            bytes.setLength(end);
        }
    }

    private static int at(RandomAccessFile bytes, long position) throws IOException {
        bytes.seek(position);
        return bytes.read();
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
