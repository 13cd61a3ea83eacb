package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AsyncAbortController;
import dev.settle.core.Results;
import dev.settle.flow.Background;
import dev.settle.flow.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The patterns of docs/patterns.md for what ends together, and what is given up. */
class StopPatternsTests {

    private final HandClient api = new HandClient();
    private final StopPatterns patterns = new StopPatterns(this.api);

    @Test
    void operationIsCancelledByItsFuture() {
        CompletableFuture<String> reply = this.patterns.cancellable(AsyncAbortController.create());

        reply.cancel(true);

        assertThat(this.api.replies.get(0)).isCancelled();
    }

    @Test
    void operationIsCancelledByItsController() throws Exception {
        AsyncAbortController controller = AsyncAbortController.create();
        CompletableFuture<String> reply = this.patterns.cancellable(controller);

        Results.await(controller.abortAsync());

        assertThat(reply).isCompletedExceptionally();
        assertThat(this.api.replies.get(0)).isCancelled();
    }

    @Test
    void longWorkLooksAtItsSignal() throws Exception {
        AsyncAbortController controller = AsyncAbortController.create();
        assertThat(Results.await(this.patterns.longWork(controller.signal()))).isEqualTo(499_500L);
        controller.abortAsync();

        assertThat(Results.awaitFailure(this.patterns.longWork(controller.signal())))
                .hasMessageContaining("Aborted by the application");
    }

    @Test
    void cleanupsRunInTheOrderOfTheirGroups() throws Exception {
        List<String> closed = new ArrayList<>();
        CompletableFuture<Void> cleared = new CompletableFuture<>();
        CompletableFuture<?> report = this.patterns.inOrder(AsyncAbortController.create(), new StopPatterns.Stores() {
            @Override
            public CompletableFuture<Void> closeDatabase() {
                closed.add("database");
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletableFuture<Void> clearCache() {
                closed.add("cache");
                return cleared;
            }
        });
        Results.until(() -> !closed.isEmpty());
        assertThat(closed).containsExactly("cache");

        cleared.complete(null);

        Results.await(report);
        assertThat(closed).containsExactly("cache", "database");
    }

    @Test
    void childrenEndTogether() {
        CompletableFuture<StopPatterns.View> view = this.patterns.together("7");

        this.api.reply(0, "Ann");
        this.api.reply(1, "two");

        assertThat(view).isCompletedWithValue(new StopPatterns.View("Ann", "two"));
    }

    @Test
    void childThatFailsEndsTheOthers() throws Exception {
        CompletableFuture<StopPatterns.View> view = this.patterns.together("7");
        IllegalStateException broken = new IllegalStateException("broken");

        this.api.replies.get(0).completeExceptionally(broken);

        assertThat(Results.awaitFailure(view)).isSameAs(broken);
        assertThat(this.api.replies.get(1)).isCancelled();
    }

    @Test
    void childrenMayFailOneByOne() {
        CompletableFuture<List<Outcome<String>>> all = this.patterns.each(List.of("a", "b"));
        IllegalStateException broken = new IllegalStateException("broken");

        this.api.replies.get(0).completeExceptionally(broken);
        this.api.reply(1, "done");

        assertThat(all).isCompletedWithValue(List.of(new Outcome.Failed<>(broken), new Outcome.Done<>("done")));
    }

    @Test
    void blockingCodeHasThreadsOfItsOwn(@TempDir Path directory) throws Exception {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            files.add(Files.writeString(directory.resolve(i + ".txt"), "text " + i));
        }

        assertThat(Results.await(this.patterns.blocking(files))).hasSize(10).endsWith("text 9");
        assertThat(this.patterns.firstLine(files.get(3))).isEqualTo("text 3");
        files.add(directory.resolve("absent"));
        assertThat(Results.awaitFailure(this.patterns.blocking(files))).isInstanceOf(IOException.class);
    }

    @Test
    void connectionIsReleasedWhateverComesOfTheQuery() throws Exception {
        List<String> told = new ArrayList<>();
        StopPatterns.Connection connection = new StopPatterns.Connection() {
            @Override
            public CompletableFuture<String> query(String sql) {
                return CompletableFuture.failedFuture(new IllegalStateException("broken"));
            }

            @Override
            public CompletableFuture<Void> release() {
                told.add("released");
                return CompletableFuture.completedFuture(null);
            }
        };

        CompletableFuture<String> rows =
                this.patterns.query(() -> CompletableFuture.completedFuture(connection), "select 1");

        assertThat(Results.failure(rows)).hasMessage("broken");
        assertThat(told).containsExactly("released");
    }

    @Test
    void workInTheBackgroundIsWaitedFor() throws Exception {
        AsyncAbortController controller = AsyncAbortController.create();
        this.patterns.inTheBackground(Background.of(controller), "ann");
        CompletableFuture<Void> drained = controller.drainAsync();
        assertThat(drained).isNotDone();

        this.api.reply(0, "sent");

        Results.await(drained);
    }

    @Test
    void everyCallHasATimeLimit() {
        CompletableFuture<String> reply = this.patterns.always("a");

        this.api.reply(0, "done");

        assertThat(reply).isCompletedWithValue("done");
    }
}
