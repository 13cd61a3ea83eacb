package dev.settle.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the tests of the page's scripts, which are written in JavaScript, where there is Node.js. */
class PageScriptTests {

    private static final Path TESTS = Path.of("src/test/js");

    @Test
    void testsOfTheScriptsPass() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(node(), "--test"));
        try (Stream<Path> files = Files.list(TESTS)) {
            files.map(Path::toString).filter(name -> name.endsWith(".test.mjs")).forEach(command::add);
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("fail 0").doesNotContain("tests 0");
    }

    private static String node() {
        Optional<Path> node = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "node"))
                .filter(Files::isExecutable)
                .findFirst();
        if (node.isEmpty()) {
            String what = "NO NODE.JS FOUND: the tests of the live page's scripts did not run";
            assertThat(System.getenv("SETTLE_CI_NODE")).as(what).isNotEqualTo("required");
            System.err.printf("%n!!!%n!!! %s%n!!! Debian: apt-get install nodejs%n!!!%n", what);
            abort(what);
        }
        return node.orElseThrow().toString();
    }
}
