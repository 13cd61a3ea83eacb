package dev.settle.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.settle.core.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The file that outlives the run. */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownReportFileTests {

    private static final String OLD = "{\"elapsed\":1.0}";
    private static final String NEW = "{\"elapsed\":2.0}";

    @TempDir
    private Path directory;

    private Path path() {
        return this.directory.resolve("shutdown.json");
    }

    private ShutdownReportFile file() {
        return ShutdownReportFile.of(path().toString());
    }

    private static List<String> warnings(CapturedOutput output) {
        return output.getOut().lines().filter(line -> line.contains("WARN")).toList();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void nothingIsNoFile(String value) {
        ShutdownReportFile file = ShutdownReportFile.of(value);

        assertThat(file.keepsReport()).isFalse();
        assertThat(file.lastRun()).isEmpty();
        file.write(NEW);
    }

    @Test
    void blanksAroundAPathAreNotPartOfIt() {
        ShutdownReportFile.of("  " + path() + " ").write(NEW);

        assertThat(path()).hasContent(NEW);
    }

    @Test
    void directoryIsRefusedWithAWayOut() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> ShutdownReportFile.of(this.directory.toString()))
                .withMessage("settle.shutdown.report-file: " + this.directory
                        + " is a directory; write the path of a file in it");
    }

    @Test
    void deviceIsRefusedBecauseItWouldBeReplaced() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> ShutdownReportFile.of("/dev/null"))
                .withMessageContaining("/dev/null is no regular file");
    }

    @Test
    void whatIsNoPathIsRefused() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> ShutdownReportFile.of("a\0b"))
                .withMessageContaining("settle.shutdown.report-file")
                .withMessageContaining("is no path");
    }

    @Test
    void oldReportIsReplacedAndNothingElseIsLeft() throws IOException {
        Files.writeString(path(), OLD);

        file().write(NEW);

        assertThat(path()).hasContent(NEW);
        try (Stream<Path> all = Files.list(this.directory)) {
            assertThat(all).containsExactly(path());
        }
    }

    @Test
    void directoriesAreMade() {
        Path deep = this.directory.resolve("a/b/shutdown.json");

        ShutdownReportFile.of(deep.toString()).write(NEW);

        assertThat(deep).hasContent(NEW);
    }

    @Test
    void linksStayLinks() throws IOException {
        Path real = Files.createDirectory(this.directory.resolve("real"));
        Path link = Files.createSymbolicLink(this.directory.resolve("link"), real);
        Path target = Files.writeString(real.resolve("there.json"), OLD);
        Path file = Files.createSymbolicLink(real.resolve("shutdown.json"), target);

        ShutdownReportFile.of(link.resolve("shutdown.json").toString()).write(NEW);

        assertThat(file).isSymbolicLink();
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent(NEW);
    }

    @Test
    void newFileBehindALinkToADirectoryIsMade() throws IOException {
        Path real = Files.createDirectory(this.directory.resolve("real"));
        Path link = Files.createSymbolicLink(this.directory.resolve("link"), real);

        ShutdownReportFile.of(link.resolve("shutdown.json").toString()).write(NEW);

        assertThat(real.resolve("shutdown.json")).hasContent(NEW);
    }

    @Test
    void fileThatCannotBeWrittenIsToldOnceWithPathAndWayOut(CapturedOutput output) throws IOException {
        Files.writeString(path(), "a file");
        Path below = path().resolve("shutdown.json");
        ShutdownReportFile file = ShutdownReportFile.of(below.toString());

        file.write(NEW);
        file.write(NEW);

        assertThat(warnings(output))
                .singleElement()
                .asString()
                .contains("could not be written to " + below)
                .contains("settle.shutdown.report-file");
    }

    @Test
    void reportOfTheLastRunIsReadOnce() throws IOException {
        Files.writeString(path(), OLD);
        ShutdownReportFile file = file();

        assertThat(file.lastRun()).hasValue(OLD);
        file.write(NEW);

        assertThat(file.lastRun()).hasValue(OLD);
        assertThat(file().lastRun()).hasValue(NEW);
    }

    @Test
    void firstRunHasNoReportAndNoWarning(CapturedOutput output) {
        assertThat(file().lastRun()).isEmpty();
        assertThat(warnings(output)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "hello", "{\"a\":", "<html>"})
    void whatIsNoObjectIsToldAndLeftOut(String content, CapturedOutput output) throws IOException {
        Files.writeString(path(), content);
        ShutdownReportFile file = file();

        assertThat(file.lastRun()).isEmpty();
        assertThat(file.lastRun()).isEmpty();
        assertThat(warnings(output)).singleElement().asString().contains("cannot be read from " + path());
    }

    @Test
    void whatIsTooLargeIsToldAndLeftOut(CapturedOutput output) throws IOException {
        Files.writeString(path(), "{\"a\":\"" + "x".repeat(ShutdownReportFile.MOST_BYTES) + "\"}");

        assertThat(file().lastRun()).isEmpty();
        assertThat(warnings(output)).singleElement().asString().contains("larger than");
    }

    @Test
    void whatHasBecomeADirectoryIsToldAndLeftOut(CapturedOutput output) throws IOException {
        ShutdownReportFile file = file();
        Files.createDirectory(path());

        assertThat(file.lastRun()).isEmpty();
        assertThat(warnings(output)).singleElement().asString().contains("no regular file");
    }

    @Test
    void contextWithTheFileOfItsParentOnlyReads() throws IOException {
        Files.writeString(path(), OLD);
        ShutdownReportFile child =
                ShutdownReportFile.of(this.directory + "/x/../shutdown.json").below(file());

        child.write(NEW);

        assertThat(child.keepsReport()).isFalse();
        assertThat(child.lastRun()).hasValue(OLD);
        assertThat(path()).hasContent(OLD);
    }
}
