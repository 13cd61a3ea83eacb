package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row on where annotations are found, and on what is prepared ahead of time, names a test, which is there. */
class LookupSectionTests {

    private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs");
    private static final Path SOURCES = Path.of("src/test/java");

    private static final Pattern NAMED = Pattern.compile("`(\\w+Tests)\\.(\\w+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!what \\|).*$");

    private static String sections() throws IOException {
        return section("methods.md", "Where annotations are found") + section("aot.md", "What is prepared");
    }

    private static String section(String page, String title) throws IOException {
        String text = Files.readString(DOCS.resolve(page));
        int from = text.indexOf("\n## " + title + "\n");
        assertThat(from).as("the section '%s'", title).isNotNegative();
        return text.substring(from, text.indexOf("\n## ", from + 1));
    }

    @Test
    void eachRowNamesATest() throws IOException {
        List<String> rows =
                ROW.matcher(sections()).results().map(MatchResult::group).toList();

        assertThat(rows)
                .hasSizeGreaterThan(30)
                .allSatisfy(row -> assertThat(row).containsPattern(NAMED));
    }

    static Stream<String> named() throws IOException {
        return NAMED.matcher(sections())
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
