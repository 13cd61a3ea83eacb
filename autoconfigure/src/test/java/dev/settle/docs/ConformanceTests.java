package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of the conformance page; {@link NamedTestsTests} looks whether the tests are there. */
class ConformanceTests {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\w+) \\|.*$");

    @Test
    void eachRowOfAFirstTableNamesATest() throws IOException {
        String shown = Pages.read("conformance.md");
        String first = shown.substring(0, shown.indexOf("## Judged otherwise"));

        assertThat(rows(first)).isNotEmpty().allSatisfy(row -> assertThat(row).containsPattern(NamedTestsTests.NAMED));
    }

    @Test
    void noCaseStandsThereTwice() throws IOException {
        List<String> cases = ROW.matcher(Pages.read("conformance.md"))
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
