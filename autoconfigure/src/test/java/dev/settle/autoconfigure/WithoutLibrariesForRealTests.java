package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same in a JVM whose class path lacks the library: a filtering class loader hides classes from Spring only, and not from
 * code that is linked already.
 */
class WithoutLibrariesForRealTests {

    @TempDir
    Path directory;

    static Set<Set<OptionalLibrary>> cases() {
        return OptionalLibrary.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void applicationStartsAndWorksWithoutThem(Set<OptionalLibrary> absent) throws Exception {
        Path log = this.directory.resolve("application.log");
        Process application = new ProcessBuilder(command(absent))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = application.waitFor(90, TimeUnit.SECONDS);

            assertThat(ended).as(() -> read(log)).isTrue();
            assertThat(application.exitValue()).as(() -> read(log)).isZero();
            assertThat(Files.readAllLines(log)).contains("value on attempt 2, future on attempt 2");
        } finally {
            application.destroyForcibly();
        }
    }

    private static List<String> command(Set<OptionalLibrary> absent) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> absent.stream()
                                .noneMatch(library -> library.isIn(
                                        Path.of(entry).getFileName().toString())))
                        .collect(Collectors.joining(File.pathSeparator)),
                BareApplication.class.getName()));
        absent.forEach(library -> command.add(library.probe()));
        return command;
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException ex) {
            return ex.toString();
        }
    }
}
