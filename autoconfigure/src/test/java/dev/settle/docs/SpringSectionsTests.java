package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row on Spring's annotations and on context names a test, which is there. */
class SpringSectionsTests {

    private static final Path PAGE =
            Path.of("").toAbsolutePath().getParent().resolve("docs").resolve("methods.md");
    private static final Path SOURCES = Path.of("src/test/java");

    private static final String ANNOTATIONS = "Together with Spring's annotations";
    private static final String CONTEXT = "Context";

    private static final Pattern NAMED = Pattern.compile("`(\\w+Tests)\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!what \\||when \\|).*$");

    private static String section(String title) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("\n## " + title + "\n");
        assertThat(from).as("the section '%s'", title).isNotNegative();
        int to = page.indexOf("\n## ", from + 1);
        return page.substring(from, (to < 0) ? page.length() : to);
    }

    @ParameterizedTest
    @ValueSource(strings = {ANNOTATIONS, CONTEXT})
    void eachRowNamesATest(String title) throws IOException {
        List<String> rows =
                ROW.matcher(section(title)).results().map(MatchResult::group).toList();

        assertThat(rows)
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> assertThat(row).containsPattern(NAMED));
    }

    static Stream<String> named() throws IOException {
        return NAMED.matcher(section(ANNOTATIONS) + section(CONTEXT))
                .results()
                .map(found -> found.group(1) + "." + found.group(2))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("named")
    void whatARowNamesIsATest(String name) throws IOException {
        String type = name.substring(0, name.indexOf('.'));
        String method = name.substring(name.indexOf('.') + 1);

        try (Stream<Path> sources = Files.walk(SOURCES)) {
            assertThat(sources.filter(source -> source.endsWith(type + ".java")))
                    .as("the source of %s", type)
                    .singleElement()
                    .satisfies(source -> assertThat(Files.readString(source))
                            .containsPattern("@(Parameterized|Repeated)?Test\\b[^;]*?\\bvoid " + method + "\\("));
        }
    }
}
