package dev.settle.test;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.WorkInFlight;
import dev.settle.core.Call;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/** Looks after each test in virtual time for what it has left. */
final class VirtualTimeListener implements TestExecutionListener {

    private static final int MANY = 1000;

    @Override
    public void afterTestMethod(TestContext test) {
        if (TestContextAnnotationUtils.hasAnnotation(test.getTestClass(), WithVirtualTime.class)
                && test.hasApplicationContext()) {
            ApplicationContext context = test.getApplicationContext();
            VirtualTime time = context.getBean(VirtualTime.class);
            // First what is armed: who is given up takes its timers back.
            String left = time.left();
            List<String> calls = new ArrayList<>();
            context.getBeanProvider(AsyncAbortController.class)
                    .forEach(controller -> controller.inFlight().forEach(call -> calls.add(giveUp(call))));
            try {
                runOut(time);
            } finally {
                time.clear();
            }
            if (test.getTestException() == null && !(calls.isEmpty() && left.isEmpty())) {
                throw new AssertionError(
                        calls.isEmpty()
                                ? left
                                : "calls are in flight: " + calls.size() + " " + calls
                                        + (left.isEmpty() ? "" : "; " + left));
            }
        }
    }

    /** What a bean waits for comes, so that it does not wait for it in the next test; unless it goes on for ever. */
    private static void runOut(VirtualTime time) {
        for (int timers = 0; timers < MANY && time.pending() > 0; timers++) {
            time.advanceToNext();
        }
    }

    /** The next test has the same context, and must not find what this one has left. */
    private static String giveUp(WorkInFlight work) {
        work.abort(AbortReason.application("The test is over"));
        return (work instanceof Call call) ? call.name() : "work of a group";
    }
}
