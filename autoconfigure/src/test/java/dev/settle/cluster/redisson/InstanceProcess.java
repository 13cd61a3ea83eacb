package dev.settle.cluster.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A JVM with an {@link Instance} in it. */
final class InstanceProcess implements AutoCloseable {

    private static final int PATIENCE = 120;
    private static final String ENDED = "the process has ended";

    private final Process process;
    private final PrintStream commands;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final List<String> all = new ArrayList<>();

    InstanceProcess(Redis redis, String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Instance.class.getName(),
                "--redis=" + redis.address()));
        for (String property : properties) {
            command.add("--" + property);
        }
        this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
        this.commands = new PrintStream(this.process.getOutputStream(), true);
        Thread reader = new Thread(this::read, "instance");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(this.process.getInputStream()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                this.said.add(line);
            }
            this.said.add(ENDED);
        } catch (IOException ex) {
            this.said.add(ex.toString());
        }
    }

    InstanceProcess ready() throws InterruptedException {
        await("READY");
        return this;
    }

    void tell(String command) {
        this.commands.println(command);
    }

    /** The rest of the line that begins so. */
    String await(String beginning) throws InterruptedException {
        while (true) {
            String line = this.said.poll(PATIENCE, TimeUnit.SECONDS);
            assertThat(line)
                    .as("'%s' after %s", beginning, this.all)
                    .isNotNull()
                    .isNotEqualTo(ENDED);
            this.all.add(line);
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length()).strip();
            }
        }
    }

    void kill() {
        this.process.destroyForcibly();
    }

    /** It stands still, as in a very long collection. */
    void freeze() throws Exception {
        signal("-STOP");
    }

    void thaw() throws Exception {
        signal("-CONT");
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", name, Long.toString(this.process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Override
    public void close() {
        tell("end");
        try {
            if (!this.process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException ex) {
            kill();
        }
    }
}
