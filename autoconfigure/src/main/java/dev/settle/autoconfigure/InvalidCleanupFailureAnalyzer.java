package dev.settle.autoconfigure;

import dev.settle.lifecycle.InvalidCleanupException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to change when a method cannot be a cleanup. */
final class InvalidCleanupFailureAnalyzer extends AbstractFailureAnalyzer<InvalidCleanupException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidCleanupException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
