package dev.settle.test;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.InFlight;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Looks after each test for what it has left. */
final class VirtualTimeListener implements TestExecutionListener {

    @Override
    public void afterTestMethod(TestContext test) {
        if (test.hasApplicationContext()) {
            ApplicationContext context = test.getApplicationContext();
            VirtualTime time = context.getBean(VirtualTime.class);
            // First what is armed: who is given up takes its timers back.
            String left = time.left();
            int inFlight = context.getBeanProvider(AsyncAbortController.class).stream()
                    .map(AsyncAbortController::inFlight)
                    .mapToInt(VirtualTimeListener::giveUp)
                    .sum();
            time.clear();
            if (test.getTestException() == null && (inFlight > 0 || !left.isEmpty())) {
                throw new AssertionError(
                        inFlight == 0
                                ? left
                                : "calls are in flight: " + inFlight + (left.isEmpty() ? "" : "; " + left));
            }
        }
    }

    /** The next test has the same context, and must not find what this one has left. */
    private static int giveUp(InFlight calls) {
        int left = calls.size();
        calls.forEach(call -> call.abort(AbortReason.application("The test is over")));
        return left;
    }
}
