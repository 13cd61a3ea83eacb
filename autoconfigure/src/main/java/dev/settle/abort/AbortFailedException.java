package dev.settle.abort;

import java.util.List;
import java.util.stream.Collectors;

/** Not everything settled well in an abort. */
public class AbortFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AbortFailedException(List<AbortReport.Entry> failures) {
        super(
                failures.stream()
                        .map(entry -> entry.name() + " (" + entry.group() + "): " + entry.outcome())
                        .collect(Collectors.joining(", ", "Not settled well: ", "")),
                failures.get(0).failure());
        failures.stream().skip(1).map(AbortReport.Entry::failure).forEach(failure -> {
            if (failure != null && failure != getCause()) {
                addSuppressed(failure);
            }
        });
    }
}
