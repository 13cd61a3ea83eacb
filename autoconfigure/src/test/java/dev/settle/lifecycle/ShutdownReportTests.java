package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AsyncAbortController;
import dev.settle.core.InvalidSettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Applications that keep the report of their last shutdown. */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownReportTests {

    private final Path file;
    private final ApplicationContextRunner app;

    ShutdownReportTests(@TempDir Path directory) {
        this.file = directory.resolve("shutdown.json");
        this.app = with(this.file);
    }

    private static ApplicationContextRunner with(Path file) {
        return Apps.plain().withPropertyValues("settle.shutdown.report-file=" + file, "spring.application.name=desk");
    }

    @Test
    void closedApplicationLeavesAReport() {
        this.app.run(context -> {
            controller(context).phase(100).onAbort("orders", event -> CompletableFuture.completedFuture("flushed 7"));
            context.close();
        });

        assertThat(Recorders.report(this.file).get("application").asString()).isEqualTo("desk");
        assertThat(Recorders.report(this.file).get("settled").asBoolean()).isTrue();
        assertThat(Recorders.entry(this.file, "orders").get("detail").asString())
                .isEqualTo("flushed 7");
    }

    @Test
    void nextRunReadsIt() {
        this.app.run(context -> {
            controller(context).phase(100).onAbort("orders", event -> null);
            context.close();
        });

        this.app.run(context -> assertThat(
                        context.getBean(ShutdownReportFile.class).lastRun().orElseThrow())
                .contains("orders"));
    }

    @Test
    void uneventfulShutdownReplacesTheReportOfAnotherOne() throws Exception {
        Files.writeString(this.file, "{\"elapsed\":77}");

        this.app.run(context -> context.close());

        JsonNode report = Recorders.report(this.file);
        assertThat(report.get("settled").asBoolean()).isTrue();
        assertThat(report.get("phases")).isEmpty();
        assertThat(report.get("entries")).isEmpty();
    }

    @Test
    void withoutTheFileNoneIsWritten() {
        Apps.plain().withPropertyValues("settle.shutdown.report-file=").run(context -> {
            assertThat(context).hasNotFailed();
            context.close();
        });

        assertThat(this.file.getParent()).isEmptyDirectory();
    }

    @Test
    void directoryStopsTheApplication() {
        with(this.file.getParent())
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidSettingException.class)
                        .hasMessageStartingWith("settle.shutdown.report-file: "));
    }

    @Test
    void fileThatCannotBeWrittenDisturbsNothing(CapturedOutput output) throws Exception {
        Files.writeString(this.file, "a file");
        Journal journal = new Journal();

        with(this.file.resolve("shutdown.json")).run(context -> {
            controller(context).phase(100).onAbort("orders", journal.noting("orders"));
            context.close();
        });

        assertThat(journal.lines()).containsExactly("orders");
        assertThat(output).contains("could not be written").contains("Settled in");
    }

    @Test
    void interruptedCloseLeavesItsReportToo() {
        HandCleanup first = new HandCleanup();
        this.app.run(context -> {
            controller(context).phase(100).onAbort("orders", first);
            Closing closing = Closing.of(context);
            first.event();

            closing.interrupt();
            first.finish();

            assertThat(Waits.result(closing.interrupted())).isTrue();
        });

        assertThat(Recorders.entry(this.file, "orders").get("outcome").asString())
                .isEqualTo("completed");
    }

    @Test
    void startThatFailedLeavesWhatItCleanedUp() {
        this.app
                .withBean("orders", CleaningBean.class)
                .withBean("broken", BrokenBean.class)
                .run(context -> assertThat(context).hasFailed());

        assertThat(Recorders.entry(this.file, "orders").get("outcome").asString())
                .isEqualTo("completed");
    }

    @Test
    void startThatFailedWithoutAnythingToCleanUpKeepsTheLastReport() throws Exception {
        Files.writeString(this.file, "{\"elapsed\":77}");

        this.app
                .withBean("broken", BrokenBean.class)
                .run(context -> assertThat(context).hasFailed());

        assertThat(this.file).hasContent("{\"elapsed\":77}");
    }

    @Test
    void groupThatTheApplicationAbortsLeavesNothing() {
        this.app.run(context -> {
            controller(context).phase(100).onAbort("orders", event -> null);
            Waits.result(controller(context).phase(100).abortAsync());

            assertThat(this.file).doesNotExist();
        });
    }

    @Test
    void childLeavesTheReportToItsParent() {
        this.app.run(parent -> {
            this.app.withParent(parent).run(child -> {
                controller(child).phase(100).onAbort("of the child", event -> null);
                child.close();
            });
            assertThat(this.file).doesNotExist();

            controller(parent).phase(100).onAbort("of the parent", event -> null);
            parent.close();
        });

        assertThat(Recorders.report(this.file).get("entries")).hasSize(1);
        assertThat(Recorders.entry(this.file, "of the parent").get("outcome").asString())
                .isEqualTo("completed");
    }

    @Test
    void childWithAFileOfItsOwnLeavesItsOwnReport() {
        Path own = this.file.resolveSibling("child.json");
        this.app.run(parent -> with(own).withParent(parent).run(child -> {
            controller(child).phase(100).onAbort("of the child", event -> null);
            child.close();
        }));

        assertThat(Recorders.report(own).get("entries")).hasSize(1);
        assertThat(Recorders.report(this.file).get("entries")).isEmpty();
    }

    @Test
    void linesOfAChildAreNotRepeatedByItsParent(CapturedOutput output) {
        Apps.plain().run(parent -> {
            Apps.plain().withParent(parent).run(child -> {
                controller(child).phase(100).onAbort("of the child", event -> null);
                child.close();
            });
            parent.close();
        });

        assertThat(output.getOut().lines().filter(line -> line.contains("Phase 100 settled")))
                .hasSize(1);
    }

    static final class CleaningBean {

        CleaningBean(AsyncAbortController controller) {
            controller.phase(100).onAbort("orders", event -> null);
        }
    }

    static final class BrokenBean {

        BrokenBean() {
            throw new IllegalStateException("broken on purpose");
        }
    }
}
