package dev.settle.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortListener;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AsyncAbortController;
import dev.settle.test.VirtualTime;
import dev.settle.time.Workers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is left of a shutdown for the next run to show. */
class ShutdownRecorderTests {

    private static final AbortReason SHUTDOWN = AbortReason.shutdown("the test is over");

    private final VirtualTime time = new VirtualTime();
    private final HandCleanup hung = new HandCleanup();
    private final Path file;
    private final ShutdownRecorder recorder;
    private final AsyncAbortController controller;

    ShutdownRecorderTests(@TempDir Path directory) {
        this.file = directory.resolve("shutdown.json");
        this.recorder = Recorders.of(this.time, this.file);
        this.controller = controller(Runnable::run, this.recorder);
    }

    private AsyncAbortController controller(Executor executor, AbortListener listener) {
        return AsyncAbortController.builder()
                .time(this.time)
                .executor(executor)
                .listener(listener)
                .build();
    }

    private void shutDown() {
        this.controller.abortAsync(SHUTDOWN);
    }

    /** As the driver does, and then Spring. */
    private JsonNode end() {
        this.recorder.end(this.controller::report);
        this.recorder.destroy();
        return Recorders.report(this.file);
    }

    private JsonNode entry(String name) {
        return Recorders.entry(this.file, name);
    }

    private void advance(int millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    private CompletionStage<?> unstoppable() {
        return this.hung.cleanUp(null).toCompletableFuture().minimalCompletionStage();
    }

    @Test
    void timesAreThoseSinceTheShutdownBegan() {
        this.controller.phase(100).onAbort("orders", this.hung);
        advance(500);
        this.recorder.begin();
        advance(20);
        shutDown();
        advance(30);
        this.hung.finish();
        advance(5);

        JsonNode report = end();

        assertThat(report.get("application").asString()).isEqualTo("desk");
        assertThat(Instant.parse(report.get("began").asString())).isBefore(Instant.now());
        assertThat(report.get("elapsed").asDouble()).isEqualTo(55);
        assertThat(report.get("settled").asBoolean()).isTrue();
        assertThat(report.get("phases")).hasToString("[{\"phase\":100,\"name\":\"100\",\"from\":20.0,\"to\":50.0}]");
        assertThat(report.get("entries"))
                .hasToString("[{\"name\":\"orders\",\"group\":\"phase 100\",\"phase\":100,\"from\":20.0,\"to\":50.0,"
                        + "\"outcome\":\"completed\"}]");
        assertThat(report.has("left-out")).isFalse();
    }

    @Test
    void cleanupIsWrittenWithWhatItSaid() {
        this.controller.phase(100).onAbort("orders", event -> CompletableFuture.completedFuture("flushed 7"));
        shutDown();
        end();

        assertThat(entry("orders").get("detail").asString()).isEqualTo("flushed 7");
    }

    @Test
    void failureIsWrittenByItsClassWithoutItsText() {
        this.controller
                .phase(100)
                .onAbort("orders", event -> CompletableFuture.failedFuture(new IllegalStateException("secret")));
        shutDown();

        assertThat(end().toString()).doesNotContain("secret");
        assertThat(entry("orders").get("outcome").asString()).isEqualTo("failed");
        assertThat(entry("orders").get("failure").asString()).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void phasesComeInTheirOrderAndOnlyThoseWithSomethingToDo() {
        this.controller.phase(5).onAbort("low", event -> null);
        this.controller.phase(AbortPhases.WEB_DRAIN).onAbort(CallDrain.IN_FLIGHT, event -> null);
        this.controller.phase(AbortPhases.AFTER_WEB_STOP).onAbort("high", event -> null);
        shutDown();

        JsonNode report = end();

        assertThat(report.get("phases")
                        .valueStream()
                        .map(phase -> phase.get("name").asString()))
                .containsExactly("AFTER_WEB_STOP", "5");
        assertThat(report.get("entries")
                        .valueStream()
                        .map(entry -> entry.get("name").asString()))
                .containsExactly("high", "low");
    }

    @Test
    void operationThatRanLongBeforeIsShownFromWhenItsPhaseBegan() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        this.controller.phase(100).track("import", signal -> answer.minimalCompletionStage());
        advance(60_000);
        this.recorder.begin();
        advance(10);
        shutDown();
        advance(10);
        answer.complete("done");
        end();

        assertThat(entry("import").get("from").asDouble()).isEqualTo(10);
        assertThat(entry("import").get("to").asDouble()).isEqualTo(20);
    }

    @Test
    void operationThatEndsBeforeItsGroupKnowsWhyIsNotForgotten() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        AsyncAbortController early = controller(Runnable::run, new AbortListener() {
            @Override
            public void groupAborting(AbortGroup group, AbortReason reason) {
                answer.complete("done");
                ShutdownRecorderTests.this.recorder.groupAborting(group, reason);
            }

            @Override
            public void entrySettled(AbortGroup group, AbortReport.Entry entry) {
                assertThat(group.signal().aborted()).isFalse();
                ShutdownRecorderTests.this.recorder.entrySettled(group, entry);
            }

            @Override
            public void groupSettled(AbortGroup group, AbortReport report) {
                ShutdownRecorderTests.this.recorder.groupSettled(group, report);
            }
        });
        early.phase(100).track("import", signal -> answer);

        early.abortAsync(SHUTDOWN);
        end();

        assertThat(entry("import").get("outcome").asString()).isEqualTo("completed");
    }

    @Test
    void cleanupThatIsGivenUpHasNoOtherEndUntilItComes() {
        this.controller.phase(100).onAbort("orders", Duration.ofSeconds(2), event -> unstoppable());
        shutDown();
        advance(2000);
        end();

        assertThat(entry("orders").get("outcome").asString()).isEqualTo("timed_out");
        assertThat(entry("orders").get("failure").asString()).isEqualTo("java.util.concurrent.TimeoutException");
        assertThat(entry("orders").get("to").asDouble()).isEqualTo(2000);
        assertThat(entry("orders").has("ended")).isFalse();
    }

    @Test
    void cleanupThatEndsWhileOthersSettleHasItsRealEnd() {
        this.controller.phase(100).onAbort("orders", Duration.ofSeconds(2), event -> unstoppable());
        HandCleanup other = new HandCleanup();
        this.controller.phase(50).onAbort("stock", other);
        shutDown();
        advance(2000);
        advance(500);
        this.hung.finish();
        other.finish();
        end();

        assertThat(entry("orders").get("outcome").asString()).isEqualTo("timed_out");
        assertThat(entry("orders").get("to").asDouble()).isEqualTo(2000);
        assertThat(entry("orders").get("ended").asDouble()).isEqualTo(2500);
    }

    @Test
    void whatHappensWhileBeansAreDestroyedIsAddedToTheReport() {
        this.controller.phase(100).onAbort("orders", Duration.ofSeconds(2), event -> unstoppable());
        shutDown();
        advance(2000);
        this.recorder.end(this.controller::report);

        advance(700);
        this.hung.finish();
        this.controller.phase(100).onAbort("stock", event -> null);
        this.recorder.destroy();

        assertThat(entry("orders").get("ended").asDouble()).isEqualTo(2700);
        assertThat(entry("stock").get("outcome").asString()).isEqualTo("late");
        assertThat(entry("stock").get("from").asDouble()).isEqualTo(2700);
        assertThat(Recorders.report(this.file).get("elapsed").asDouble()).isEqualTo(2700);
    }

    @Test
    void interruptedThreadStillGetsItWritten() {
        this.controller.phase(100).onAbort("orders", event -> null);
        shutDown();

        Thread.currentThread().interrupt();
        this.recorder.destroy();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(entry("orders").get("outcome").asString()).isEqualTo("completed");
    }

    @Test
    void whatHasNotEndedIsPending() {
        this.controller.phase(100).onAbort("orders", event -> null);
        shutDown();
        this.controller.phase(100).onAbort("stock", this.hung);
        advance(5);
        end();

        assertThat(entry("stock").get("outcome").asString()).isEqualTo("pending");
        assertThat(entry("stock").get("phase").asInt()).isEqualTo(100);
        assertThat(entry("stock").has("to")).isFalse();
    }

    @Test
    void groupMadeWhenItsPhaseWasOverIsLateAndDoesNotMakeThePhaseLonger() {
        this.controller.phase(100).onAbort("orders", event -> null);
        this.controller.phase(50).onAbort("stock", event -> {
            advance(300);
            this.controller.phase(100).nextGroup("afterthought").onAbort("letters", inner -> null);
            return null;
        });
        shutDown();

        JsonNode report = end();

        assertThat(entry("letters").get("outcome").asString()).isEqualTo("late");
        assertThat(entry("letters").get("phase").asInt()).isEqualTo(100);
        assertThat(report.get("phases").get(0).get("to").asDouble()).isZero();
        assertThat(report.get("phases").get(1).get("to").asDouble()).isEqualTo(300);
    }

    @Test
    void groupThatTheApplicationAbortsIsNoShutdown() {
        AbortGroup group = this.controller.phase(100);
        group.onAbort("orders", event -> CompletableFuture.failedFuture(new IllegalStateException("disk full")));
        group.abortAsync();
        this.recorder.destroy();

        assertThat(this.file).doesNotExist();
    }

    @Test
    void groupThatTheApplicationHasAbortedBeforeIsNotInTheReport() {
        AbortGroup group = this.controller.phase(100);
        group.onAbort("orders", this.hung);
        group.abortAsync();
        this.controller.phase(50).onAbort("stock", event -> null);
        shutDown();
        this.hung.finish();

        assertThat(end().get("entries")
                        .valueStream()
                        .map(entry -> entry.get("name").asString()))
                .containsExactly("stock");
    }

    @Test
    void ofVeryManyThoseThatWentWrongAreKept() {
        AbortGroup group = this.controller.phase(100);
        for (int i = 0; i < 600; i++) {
            group.onAbort("good " + i, event -> null);
        }
        Consumer<Integer> broken = number -> group.onAbort(
                "bad " + number, event -> CompletableFuture.failedFuture(new IllegalStateException("disk full")));
        broken.accept(1);
        broken.accept(2);
        shutDown();

        JsonNode report = end();

        assertThat(report.get("entries")).hasSize(500);
        assertThat(entry("bad 1").get("outcome").asString()).isEqualTo("failed");
        assertThat(entry("bad 2").get("outcome").asString()).isEqualTo("failed");
        assertThat(entry("good 497").get("outcome").asString()).isEqualTo("completed");
        assertThat(report.get("left-out").asInt()).isEqualTo(102);
    }

    @Test
    void theLargestReportIsSmallEnoughToBeReadAgain() {
        String text = "€\u0001\"".repeat(2000);
        for (int i = 0; i < 600; i++) {
            this.controller.phase(100).onAbort(text, event -> CompletableFuture.completedFuture(text));
        }
        shutDown();
        end();

        assertThat(ShutdownReportFile.of(this.file.toString()).lastRun()).isPresent();
    }

    @Test
    void textsOfAnyKindAreKept() {
        String halfACharacter = "\ud83d";
        this.controller
                .phase(100)
                .onAbort("orders \"é\n", event -> CompletableFuture.completedFuture("x" + halfACharacter));
        shutDown();
        end();

        assertThat(entry("orders \"é\n").get("detail").asString()).startsWith("x");
    }

    @Test
    void entriesThatSettleOnManyThreadsAreAllThere() {
        AsyncAbortController parallel = controller(Workers.shared(), this.recorder);
        for (int i = 0; i < 400; i++) {
            parallel.phase(i % 8).onAbort("cleanup " + i, event -> null);
        }
        Waits.result(parallel.abortAsync(SHUTDOWN));

        assertThat(end().get("entries")
                        .valueStream()
                        .map(entry -> entry.get("name").asString())
                        .distinct())
                .hasSize(400);
    }

    @Test
    void nothingIsWrittenWhenTheControllerTellsSomebodyElse() {
        this.recorder.begin();
        this.recorder.end(this.controller::report);
        this.recorder.destroy();

        assertThat(this.file).doesNotExist();
    }

    @Test
    void withoutAFileNothingIsNoted() {
        ShutdownRecorder none = Recorders.none(this.time);
        AsyncAbortController silent = controller(Runnable::run, none);
        silent.phase(100).onAbort("orders", event -> null);
        none.begin();
        silent.abortAsync(SHUTDOWN);
        none.end(silent::report);
        none.destroy();

        assertThat(this.file).doesNotExist();
    }
}
