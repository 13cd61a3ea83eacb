package dev.settle.autoconfigure;

import dev.settle.plan.InvalidPlanException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to change when a method cannot have the policies it asks for. */
final class InvalidPlanFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPlanException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidPlanException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
