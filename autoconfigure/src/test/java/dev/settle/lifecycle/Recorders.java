package dev.settle.lifecycle;

import dev.settle.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorders of shutdowns, and what they leave. */
final class Recorders {

    private Recorders() {}

    /** One that leaves nothing. */
    static ShutdownRecorder none(TimeSource time) {
        return new ShutdownRecorder(time, ShutdownReportFile.of(null), null);
    }

    static ShutdownRecorder of(TimeSource time, Path file) {
        return new ShutdownRecorder(time, ShutdownReportFile.of(file.toString()), "desk");
    }

    static JsonNode report(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (Exception ex) {
            throw new AssertionError("No report in " + file, ex);
        }
    }

    /** The one entry of that name. */
    static JsonNode entry(Path file, String name) {
        JsonNode report = report(file);
        return report.get("entries")
                .valueStream()
                .filter(entry -> entry.get("name").asString().equals(name))
                .reduce((one, other) -> {
                    throw new AssertionError("Two entries '" + name + "' in " + report);
                })
                .orElseThrow(() -> new AssertionError("No entry '" + name + "' in " + report));
    }
}
