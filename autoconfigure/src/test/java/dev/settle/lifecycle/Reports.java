package dev.settle.lifecycle;

import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.abort.AsyncAbortController;

/** How tests look at reports. */
final class Reports {

    private Reports() {}

    /** The one entry of that name. */
    static AbortReport.Entry entry(AsyncAbortController controller, String name) {
        AbortReport report = controller.report();
        return report.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .reduce((one, other) -> {
                    throw new AssertionError("Two entries '" + name + "' in " + report);
                })
                .orElseThrow(() -> new AssertionError("No entry '" + name + "' in " + report));
    }

    static Outcome outcome(AsyncAbortController controller, String name) {
        return entry(controller, name).outcome();
    }
}
