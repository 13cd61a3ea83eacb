package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every test that the conformance page names is there, and is a test. */
class ConformanceTests {

    private static final Path PAGE =
            Path.of("").toAbsolutePath().getParent().resolve("docs").resolve("conformance.md");
    private static final Path SOURCES = Path.of("src/test/java");

    private static final Pattern NAMED = Pattern.compile("`(\\w+Tests)\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\w+) \\|.*$");

    /** Each name once, as it stands on the page. */
    static Stream<String> named() throws IOException {
        return NAMED.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1) + "." + found.group(2))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("named")
    void whatThePageNamesIsATest(String name) throws IOException {
        String type = name.substring(0, name.indexOf('.'));
        String method = name.substring(name.indexOf('.') + 1);

        assertThat(sourcesOf(type)).as("the source of %s", type).hasSize(1);
        assertThat(Files.readString(sourcesOf(type).get(0)))
                .containsPattern("@(Parameterized|Repeated)?Test\\b[^;]*?\\bvoid " + method + "\\(");
    }

    private static List<Path> sourcesOf(String type) throws IOException {
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            return sources.filter(source -> source.endsWith(type + ".java")).toList();
        }
    }

    @Test
    void eachRowOfAFirstTableNamesATest() throws IOException {
        String shown = Files.readString(PAGE);
        String first = shown.substring(0, shown.indexOf("## Not yet"));

        assertThat(rows(first)).isNotEmpty().allSatisfy(row -> assertThat(row).containsPattern(NAMED));
    }

    @Test
    void noCaseStandsThereTwice() throws IOException {
        List<String> cases = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .filter(number -> !number.equals("case"))
                .toList();

        assertThat(cases).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    }

    private static List<String> rows(String tables) {
        return ROW.matcher(tables)
                .results()
                .map(found -> found.group())
                .filter(row -> !row.startsWith("| case |"))
                .collect(Collectors.toList());
    }
}
