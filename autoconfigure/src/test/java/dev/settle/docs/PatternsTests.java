package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of patterns is complete: each in its list has an entry with code, a test that runs it, and what went wrong. */
class PatternsTests {

    private static final Pattern LISTED = Pattern.compile("(?m)^\\| ([^|]+) \\| \\[([^]]+)]\\(#([\\w-]+)\\) \\|$");
    private static final Pattern HEADING = Pattern.compile("(?m)^### (.+)$");

    private static List<MatchResult> listed() throws IOException {
        return LISTED.matcher(Pages.section("patterns.md", "All patterns"))
                .results()
                .toList();
    }

    private static String entry(String title) throws IOException {
        String page = Pages.read("patterns.md");
        int from = page.indexOf("\n### " + title + "\n");
        assertThat(from).as("the entry '%s'", title).isNotNegative();
        return page.substring(from + 5).split("\n##+ ")[0];
    }

    @Test
    void everyPatternOfTheListHasAnEntryWithCodeThatATestRuns() throws IOException {
        assertThat(listed()).hasSizeGreaterThan(40).allSatisfy(row -> {
            assertThat(row.group(3))
                    .isEqualTo(row.group(2)
                            .toLowerCase()
                            .replaceAll("[^a-z0-9 -]", "")
                            .replace(' ', '-'));
            assertThat(entry(row.group(2)))
                    .as(row.group(1))
                    .contains("```java\n", "*The original:* ")
                    .containsPattern(NamedTestsTests.NAMED);
        });
    }

    @Test
    void everyEntryIsInTheList() throws IOException {
        List<String> titles = HEADING.matcher(Pages.read("patterns.md"))
                .results()
                .map(found -> found.group(1))
                .toList();
        List<String> linked =
                listed().stream().map(row -> row.group(2)).distinct().toList();

        assertThat(titles).containsExactlyInAnyOrderElementsOf(linked);
    }

    /** What the documents that the project grew from show, by the names that they have there. */
    @Test
    void nothingThatTheDocumentsShowIsMissing() throws IOException {
        List<String> names = listed().stream().map(row -> row.group(1)).toList();

        assertThat(names)
                .containsAll(Arrays.asList(
                        "sequential execution",
                        "parallel execution",
                        "batched execution",
                        "concurrency pool",
                        "promise pool",
                        "retry with backoff",
                        "timeout wrapper",
                        "timeout on every call",
                        "debounce",
                        "throttle",
                        "async iteration, pages",
                        "async generators",
                        "chunks of a stream",
                        "abort controller",
                        "async abort controller with groups",
                        "cancellable operation",
                        "semaphore",
                        "mutex",
                        "worker pool of Node.js",
                        "threads and thread pools",
                        "pool for computations",
                        "producer and consumer",
                        "channels",
                        "fan-out",
                        "fan-in",
                        "worker pool of Go",
                        "errgroup",
                        "TaskGroup of Python",
                        "JoinSet of Rust",
                        "select of a timeout and work",
                        "gather, allSettled",
                        "lock ordering",
                        "no lock during I/O",
                        "resources in TypeScript",
                        "resources in Python",
                        "resources in Go",
                        "resources in Rust",
                        "blocking code",
                        "backpressure",
                        "rate limit",
                        "fire and forget",
                        "unhandled rejections",
                        "race conditions",
                        "deterministic testing"));
    }
}
