package dev.settle.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.metrics.SettleMeters;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations.md tells to type is what the desk understands, and what it shows is what the desk answers. */
@Tag("once")
class OperationsDocsTests {

    private static final Path PAGE = Path.of("../docs/operations.md");

    @TempDir
    Path data;

    @Test
    void eachCommandIsAnsweredAsThePageShows() throws IOException {
        List<CurlCommand> commands = CurlCommand.of(Files.readString(PAGE));
        assertThat(commands).hasSizeGreaterThan(15);
        // All providers hang, so that some of many orders are refused on any machine.
        Desk desk = Desk.open(
                this.data,
                "desk.upstream.faults.hangs=1",
                "settle.policies.provider.throttle.window=2s",
                "spring.lifecycle.timeout-per-shutdown-phase=2s");
        Map<CurlCommand, List<CompletableFuture<HttpResponse<String>>>> later = new HashMap<>();
        try (desk) {
            for (CurlCommand command : commands) {
                List<CompletableFuture<HttpResponse<String>>> answers = send(desk, command);
                if (command.inBackground()) {
                    later.put(command, answers);
                    await().until(() -> desk.seen("waiting") == 3L * command.times());
                } else {
                    answers.forEach(answer -> check(command, answer.join()));
                }
            }
        }
        later.forEach((command, answers) -> answers.forEach(answer -> check(command, answer.join())));
    }

    private static List<CompletableFuture<HttpResponse<String>>> send(Desk desk, CurlCommand command) {
        return Stream.generate(() -> desk.send(command.method(), command.path(), command.body()))
                .limit(command.times())
                .toList();
    }

    private static void check(CurlCommand command, HttpResponse<String> answer) {
        String what = command.line() + "\n" + answer.statusCode() + " " + answer.body();
        if (command.statuses().isEmpty()) {
            assertThat(answer.statusCode()).as(what).isBetween(200, 299);
        } else {
            assertThat(command.statuses()).as(what).contains(answer.statusCode());
        }
        assertThat(CurlCommand.fields(answer.body())).as(what).containsAll(command.fields());
    }

    @Test
    void everyMeterIsInTheTable() throws IllegalAccessException, IOException {
        List<String> meters = new ArrayList<>();
        for (Field field : SettleMeters.class.getFields()) {
            String value = (String) field.get(null);
            if (value.startsWith("settle.")) {
                meters.add("| `" + value + "` |");
            }
        }
        assertThat(Files.readString(PAGE)).contains(meters);
    }
}
