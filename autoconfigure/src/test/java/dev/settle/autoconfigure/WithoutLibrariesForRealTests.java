package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same in a JVM whose class path lacks the library: a filtering class loader hides classes from Spring only, and not from
 * code that is linked already.
 */
class WithoutLibrariesForRealTests {

    private static final Map<Set<OptionalLibrary>, Future<Ended>> ENDED = new HashMap<>();

    /** Most of the time goes into starting: two start at once. */
    private static final ExecutorService TWO = Executors.newFixedThreadPool(2);

    record Ended(int exitValue, List<String> output) {}

    @BeforeAll
    static void start(@TempDir Path directory) {
        for (Set<OptionalLibrary> absent : cases()) {
            Path log = directory.resolve(ENDED.size() + ".log");
            ENDED.put(absent, TWO.submit(() -> run(absent, log)));
        }
    }

    @AfterAll
    static void stop() {
        TWO.shutdownNow();
    }

    static Set<Set<OptionalLibrary>> cases() {
        return OptionalLibrary.together();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void applicationStartsAndWorksWithoutThem(Set<OptionalLibrary> absent) throws Exception {
        Ended application = ENDED.get(absent).get();

        assertThat(application.exitValue()).as(application::toString).isZero();
        assertThat(application.output()).contains("value on attempt 2, future on attempt 2");
    }

    private static Ended run(Set<OptionalLibrary> absent, Path log) throws Exception {
        Process application = new ProcessBuilder(command(absent))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = application.waitFor(90, TimeUnit.SECONDS);
            return new Ended(ended ? application.exitValue() : -1, Files.readAllLines(log));
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
}
