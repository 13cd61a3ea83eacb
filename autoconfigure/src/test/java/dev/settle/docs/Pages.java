package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The documentation. */
final class Pages {

    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private Pages() {}

    /** The README and all that is in docs. */
    static List<Path> all() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            docs.filter(page -> page.toString().endsWith(".md")))
                    .toList();
        }
    }

    static String read(String page) throws IOException {
        return Files.readString(ROOT.resolve("docs").resolve(page));
    }

    static String section(String page, String title) throws IOException {
        String text = read(page);
        int from = text.indexOf("\n## " + title + "\n");
        assertThat(from).as("the section '%s' of %s", title, page).isNotNegative();
        int to = text.indexOf("\n## ", from + 1);
        return text.substring(from, (to < 0) ? text.length() : to);
    }
}
