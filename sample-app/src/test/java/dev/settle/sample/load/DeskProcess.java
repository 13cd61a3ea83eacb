package dev.settle.sample.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.sample.Desk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A desk in a JVM of its own, on free ports, that records the requests that reach it. */
final class DeskProcess implements AutoCloseable {

    private static final Pattern OPEN = Pattern.compile("The desk is open: (http://localhost:\\d+)");
    private static final Duration SLOW_START = Duration.ofSeconds(120);

    private final Path log;
    private final Path record;
    private final Process process;
    private final URI address;

    /** The files of each run are beside the desk's data, by the name of the run. */
    DeskProcess(Path data, String run, String... properties) throws IOException {
        this.log = data.resolve(run + ".log");
        this.record = data.resolve(run + ".record");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Drecord=" + this.record,
                "-cp",
                System.getProperty("java.class.path"),
                RecordedDesk.class.getName()));
        command.addAll(List.of(Desk.arguments(data, properties)));
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(this.log.toFile())
                .start();
        this.address = awaitOpen();
    }

    private URI awaitOpen() {
        try {
            return URI.create(await().atMost(SLOW_START)
                    .failFast(() ->
                            assertThat(this.process.isAlive()).as(logged()).isTrue())
                    .until(() -> OPEN.matcher(logged()), Matcher::find)
                    .group(1));
        } catch (RuntimeException | Error ex) {
            // Nobody else will.
            kill();
            throw ex;
        }
    }

    URI address() {
        return this.address;
    }

    /** SIGTERM. */
    void terminate() {
        this.process.destroy();
    }

    /** SIGKILL. */
    void kill() {
        this.process.destroyForcibly().onExit().join();
    }

    boolean ends(Duration within) throws InterruptedException {
        return this.process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    int exitCode() {
        return this.process.exitValue();
    }

    /** The requests that have reached the application. */
    List<String> accepted() throws IOException {
        return Files.readAllLines(this.record);
    }

    String logged() throws IOException {
        return Files.readString(this.log);
    }

    @Override
    public void close() {
        kill();
    }
}
