package dev.settle.benchmark.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A measurement in a JVM of its own. One that fails, or takes too long, is reported and stops no other.
 *
 * @param main the class whose {@code main} measures and {@linkplain Reading#tell tells}; the first argument is the library
 * @param library what is on its class path
 * @param options of the JVM
 * @param limit how long it may take
 */
public record Child(Class<?> main, Library library, List<String> options, Duration limit) {

    /** In the child: makes sure that it has what it should have, and nothing else. */
    public static Library library(String[] arguments) {
        Library library = Library.valueOf(arguments[0]);
        library.check();
        return library;
    }

    /**
     * Runs the child.
     *
     * @param more entries of the class path
     * @return what it told, or empty when it failed, which has been printed
     */
    public Optional<List<Reading>> run(List<Path> more, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(this.options);
        StringBuilder classPath = new StringBuilder(this.library.classPath());
        more.forEach(entry -> classPath.append(File.pathSeparator).append(entry));
        command.addAll(List.of("-cp", classPath.toString(), this.main.getName(), this.library.name()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("settle-benchmark", ".log");
        try {
            return told(
                    output,
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start());
        } finally {
            Files.delete(output);
        }
    }

    private Optional<List<Reading>> told(Path output, Process process) throws IOException, InterruptedException {
        boolean ended = process.waitFor(this.limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        List<String> lines = Files.readAllLines(output);
        if (!ended || process.exitValue() != 0) {
            System.err.println(this.main.getSimpleName() + " with " + this.library + ": "
                    + (ended ? "failed with " + process.exitValue() : "did not end in " + this.limit));
            lines.stream().skip(Math.max(0, lines.size() - 30)).forEach(System.err::println);
            return Optional.empty();
        }
        return Optional.of(
                lines.stream().map(Reading::of).flatMap(Optional::stream).toList());
    }
}
