package dev.settle.test;

import dev.settle.core.Failures;
import dev.settle.core.UnobservedFailures;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/**
 * Looks after each test for failures that nobody has looked at. It is there for every test and asks for the annotation itself: of
 * several annotations that bring listeners, Spring sees one.
 */
final class UnobservedFailuresListener implements TestExecutionListener {

    private static final String REPORTED = UnobservedFailuresListener.class.getName() + ".reported";

    @Override
    public void beforeTestMethod(TestContext test) {
        with(test, failures -> {
            failures.forget();
            test.setAttribute(REPORTED, failures.count());
        });
    }

    @Override
    public void afterTestMethod(TestContext test) {
        with(test, failures -> {
            List<UnobservedFailures.Failure> pending = failures.pending();
            long reported = failures.count() - before(test);
            failures.forget();
            if (!pending.isEmpty() || reported > 0) {
                throw failed(pending, reported);
            }
        });
    }

    private static long before(TestContext test) {
        return (test.getAttribute(REPORTED) instanceof Long count) ? count : 0;
    }

    private static AssertionError failed(List<UnobservedFailures.Failure> pending, long reported) {
        String names = pending.stream()
                .map(failure -> "'" + failure.name() + "' (" + failure.failure() + ")")
                .collect(Collectors.joining(", "));
        AssertionError error = new AssertionError("Nobody has looked at failed futures of "
                + (names.isEmpty() ? "" : names + (reported > 0 ? ", and of " : ""))
                + (reported > 0 ? reported + " calls that the log names" : ""));
        pending.forEach(failure -> Failures.suppress(error, failure.failure()));
        return error;
    }

    private static void with(TestContext test, Consumer<UnobservedFailures> task) {
        if (TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), FailOnUnobservedFailures.class)
                && test.hasApplicationContext()) {
            test.getApplicationContext()
                    .getBeanProvider(UnobservedFailures.class)
                    .ifAvailable(task);
        }
    }
}
