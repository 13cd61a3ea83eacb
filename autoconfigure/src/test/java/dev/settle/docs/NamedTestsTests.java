package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation says is shown by tests: they are there, and are tests. */
class NamedTestsTests {

    static final Pattern NAMED = Pattern.compile("`(\\w+Tests)\\.(\\w+)`");

    private static final Path SOURCES = Path.of("src/test/java");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!what \\||when \\|).*$");

    /** Each name once, whatever page it stands on. */
    static Set<String> named() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path page : Pages.all()) {
            NAMED.matcher(Files.readString(page))
                    .results()
                    .forEach(found -> names.add(found.group(1) + "." + found.group(2)));
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("named")
    void whatAPageNamesIsATest(String name) throws IOException {
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

    @ParameterizedTest
    @CsvSource({
        "methods.md, Where annotations are found, 25",
        "methods.md, Together with Spring's annotations, 25",
        "methods.md, Context, 12",
        "aot.md, What is prepared, 5",
        "threads.md, Which thread runs what, 16"
    })
    void eachRowNamesATest(String page, String title, int atLeast) throws IOException {
        List<String> rows = ROW.matcher(Pages.section(page, title))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(rows)
                .hasSizeGreaterThanOrEqualTo(atLeast)
                .allSatisfy(row -> assertThat(row).containsPattern(NAMED));
    }
}
