package dev.settle.sample.browser;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks for Chromium and its driver. */
final class BrowserCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing = missing();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("There is a browser");
        }
        String what = "NO " + String.join(" AND NO ", missing) + " FOUND: " + context.getDisplayName();
        if (isRequired()) {
            throw new IllegalStateException(what + " cannot run, and SETTLE_CI_BROWSER says that it must");
        }
        System.err.printf(
                "%n!!!%n!!! %s DID NOT RUN%n!!! Debian: apt-get install chromium chromium-driver%n!!!%n", what);
        return ConditionEvaluationResult.disabled(what);
    }

    private static List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (Executables.chromium().isEmpty()) {
            missing.add("CHROMIUM");
        }
        if (Executables.driver().isEmpty()) {
            missing.add("CHROMEDRIVER");
        }
        return missing;
    }

    private static boolean isRequired() {
        return "required".equals(System.getenv("SETTLE_CI_BROWSER"));
    }
}
