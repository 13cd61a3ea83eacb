package dev.settle.autoconfigure;

import dev.settle.core.InvalidSettingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.StringUtils;

/** Says what to change when a property of Settle has a value that cannot be. */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
        return new FailureAnalysis(
                cause.attribute() + ": " + cause.problem(), StringUtils.capitalize(cause.remedy()) + ".", cause);
    }
}
