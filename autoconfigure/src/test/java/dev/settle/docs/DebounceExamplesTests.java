package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.SupersededException;
import dev.settle.autoconfigure.Startup;
import dev.settle.docs.DebounceExamples.Editor;
import dev.settle.docs.DebounceExamples.Notes;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What docs/debounce.md says of its code. */
class DebounceExamplesTests {

    private final VirtualTime time = new VirtualTime();
    private final HandClient client = new HandClient();

    private void withEditor(Consumer<Editor> test) {
        Startup.runner(this.time)
                .withBean(Editor.class, () -> new Editor(this.client))
                .run(context -> test.accept(context.getBean(Editor.class)));
    }

    @Test
    void whoTypesGetsWhatTheLastTextFound() {
        withEditor(editor -> {
            CompletableFuture<String> first = editor.search("ann", "s");
            this.time.advance(Duration.ofMillis(299));
            CompletableFuture<String> second = editor.search("ann", "se");
            this.time.advance(Duration.ofMillis(300));
            assertThat(this.client.requests).containsExactly("find se");
            this.client.reply(0, "settle");
            assertThat(first).isCompletedWithValue("settle");
            assertThat(second).isCompletedWithValue("settle");
        });
    }

    @Test
    void whoCancelsWithdrawsItsText() {
        withEditor(editor -> {
            editor.search("ann", "s");
            editor.search("ann", "se").cancel(true);
            this.time.advance(Duration.ofMillis(300));
            assertThat(this.client.requests).containsExactly("find s");
        });
    }

    @Test
    void whoNeverPausesIsSavedAllTheSameAndOneSaveWaitsForTheOther() {
        withEditor(editor -> {
            for (int i = 0; i < 40; i++) {
                editor.save("memo", "text " + i);
                this.time.advance(Duration.ofMillis(500));
            }
            assertThat(this.client.requests).containsExactly("save memo: text 19");
            this.client.reply(0, "saved");
            assertThat(this.client.requests).hasSize(2).last().isEqualTo("save memo: text 39");
        });
    }

    @Test
    void anOldPreviewIsGivenUp() {
        withEditor(editor -> {
            CompletableFuture<String> first = editor.preview("memo", "a");
            CompletableFuture<String> second = editor.preview("memo", "ab");
            assertThat(failure(first)).isInstanceOf(SupersededException.class);
            this.time.advance(Duration.ofMillis(200));
            assertThat(this.client.requests).containsExactly("preview ab");

            editor.preview("memo", "abc");
            this.time.advance(Duration.ofMillis(200));
            assertThat(failure(second)).isInstanceOf(SupersededException.class);
            assertThat(this.client.replies.get(0)).isCancelled();
        });
    }

    @Test
    void theIndexIsRefreshedAtOnceAndOnceMoreAfterTheRest() {
        withEditor(editor -> {
            editor.refreshIndex();
            assertThat(this.client.requests).hasSize(1);
            editor.refreshIndex();
            editor.refreshIndex();
            this.time.advance(Duration.ofSeconds(2));
            assertThat(this.client.requests).hasSize(2);
        });
    }

    @Test
    void whatIsPendingIsSavedAtShutdownAndAPreviewIsNot() {
        List<CompletableFuture<String>> calls = new ArrayList<>();
        Startup.runner()
                .withBean(TimeSource.class, () -> this.time)
                .withBean(
                        Editor.class,
                        () -> new Editor(request -> {
                            this.client.send(request);
                            return CompletableFuture.completedFuture("done");
                        }))
                .run(context -> {
                    calls.add(context.getBean(Editor.class).save("memo", "last words"));
                    calls.add(context.getBean(Editor.class).preview("memo", "last words"));
                    assertThat(this.client.requests).isEmpty();
                });
        assertThat(this.client.requests).containsExactly("save memo: last words");
        assertThat(calls.get(0)).isCompletedWithValue("done");
        assertThat(failure(calls.get(1))).isInstanceOf(AbortedException.class);
    }

    @Test
    void aDebouncerIsFlushedAndClosed() {
        Notes notes = new Notes(this.client);
        CompletableFuture<String> first = notes.changed("a");
        CompletableFuture<String> second = notes.changed("ab");
        CompletableFuture<Void> saved = notes.saveNow();
        await().until(() -> this.client.requests.size() == 1);
        this.client.reply(0, "saved");
        assertThat(saved).succeedsWithin(Duration.ofSeconds(30));
        assertThat(first).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("saved");
        assertThat(second).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("saved");
        assertThat(this.client.requests).containsExactly("ab");

        notes.close();
        assertThat(failure(notes.changed("abc"))).isInstanceOf(CallRejectedException.class);
    }

    private static Throwable failure(CompletableFuture<?> call) {
        return call.handle((value, failure) -> failure).join();
    }
}
