package dev.settle.lifecycle;

import dev.settle.core.InvalidSettingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.util.function.SingletonSupplier;

/**
 * The file that keeps the report of a shutdown for the next run: {@code settle.shutdown.report-file}. What fails here is
 * logged and disturbs nothing else.
 *
 * <p>A file belongs to one context. A child context inherits the property from its parent, and would replace the parent's
 * report with its own, or be replaced: with the same file it only reads, and what its own shutdown did is in the log
 * alone. A child that is to keep a report needs a file of its own.
 */
public final class ShutdownReportFile {

    /** The largest file that is read, in bytes; what Settle writes is smaller. */
    static final int MOST_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger("dev.settle.shutdown");

    private static final String PROPERTY = "settle.shutdown.report-file";

    private static final String REMEDY = "write the path of a file, such as data/shutdown.json, or leave it unset";

    private final @Nullable Path path;
    private final boolean readOnly;
    private volatile boolean givenUp;
    private final Supplier<Optional<String>> lastRun;

    private ShutdownReportFile(@Nullable Path path, boolean readOnly) {
        this.path = path;
        this.readOnly = readOnly;
        this.lastRun = SingletonSupplier.of(() -> (path == null) ? Optional.empty() : read(path));
    }

    /**
     * Checks the property.
     *
     * @param value the path; null or blank for no file
     * @throws InvalidSettingException when it cannot be a file
     */
    public static ShutdownReportFile of(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return new ShutdownReportFile(null, true);
        }
        Path path;
        try {
            path = Path.of(value.strip()).toAbsolutePath().normalize();
        } catch (InvalidPathException ex) {
            throw new InvalidSettingException(PROPERTY, "\"" + value + "\" is no path: " + ex.getReason(), REMEDY);
        }
        InvalidSettingException.check(
                !Files.isDirectory(path), PROPERTY, path + " is a directory", "write the path of a file in it");
        // A device would be replaced.
        InvalidSettingException.check(
                !Files.exists(path) || Files.isRegularFile(path), PROPERTY, path + " is no regular file", REMEDY);
        return new ShutdownReportFile(path, false);
    }

    /** This file as a child context uses it, whose parent has the given one. */
    public ShutdownReportFile below(ShutdownReportFile parent) {
        return (this.path != null && this.path.equals(parent.path)) ? new ShutdownReportFile(this.path, true) : this;
    }

    /** Whether this context leaves a report. */
    boolean keepsReport() {
        return !this.readOnly;
    }

    /**
     * The report that an earlier run has left, a JSON object as text. The file is read when this is first asked, so who asks
     * at the start gets what was there then, also when this run has replaced it.
     */
    public Optional<String> lastRun() {
        return this.lastRun.get();
    }

    private static Optional<String> read(Path path) {
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(checked(bytes(path)));
        } catch (IOException | RuntimeException ex) {
            LOG.warn(
                    "The report of the last shutdown cannot be read from {}: {}. It will be replaced at the end of this"
                            + " run; until then, delete the file, or name another one with {}",
                    path,
                    ex.toString(),
                    PROPERTY);
            return Optional.empty();
        }
    }

    private static byte[] bytes(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new IOException("it is no regular file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it is larger than " + MOST_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private static String checked(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        JsonParserFactory.getJsonParser().parseMap(text);
        return text;
    }

    /** Replaces the report, at once or not at all: who reads meanwhile gets the old one. */
    void write(String json) {
        if (this.path == null || this.readOnly || this.givenUp) {
            return;
        }
        try {
            // A link stays one.
            replace(Files.exists(this.path) ? this.path.toRealPath() : this.path, json);
        } catch (IOException | RuntimeException ex) {
            notWritten(ex);
        }
    }

    /** Said once: another try would fail again. */
    void notWritten(Exception why) {
        this.givenUp = true;
        LOG.warn(
                "The report of this shutdown could not be written to {}: {}. Let the application write in that directory,"
                        + " or name another file with {}",
                this.path,
                why.toString(),
                PROPERTY);
    }

    private static void replace(Path target, String json) throws IOException {
        Path directory = Objects.requireNonNull(target.getParent(), "A file is in a directory");
        // A link to a directory is one, which createDirectories does not know before JDK 20.
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
        Path written = Files.createTempFile(directory, target.getFileName() + ".", ".tmp");
        try {
            // Not writeString: half a character of somebody's text must not cost the report.
            Files.write(written, json.getBytes(StandardCharsets.UTF_8));
            move(written, target);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException ex) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
