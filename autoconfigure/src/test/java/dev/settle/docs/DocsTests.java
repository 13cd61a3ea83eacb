package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every piece of Java in the documentation stands, line by line, in a source that is compiled here. */
class DocsTests {

    private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

    static List<Path> pages() throws IOException {
        return Pages.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void javaOnThePageIsCompiled(Path page) throws IOException {
        String compiled = compiled();
        List<String> blocks = JAVA.matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(blocks).allSatisfy(block -> assertThat(compiled).contains(squeezed(block)));
    }

    private static String compiled() throws IOException {
        try (Stream<Path> sources = Stream.concat(
                Files.walk(Pages.ROOT.resolve("autoconfigure/src/test/java/dev/settle/docs")),
                Files.walk(Pages.ROOT.resolve("sample-app/src/main/java")))) {
            return sources.filter(source -> source.toString().endsWith(".java"))
                    .map(DocsTests::read)
                    .map(DocsTests::squeezed)
                    .collect(Collectors.joining("\n//\n"));
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Indentation and blank lines do not count. */
    private static String squeezed(String code) {
        return code.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
