package dev.settle.weaving;

import dev.settle.annotation.Retry;
import java.util.function.Supplier;

/** Never works: a call with one plan is three attempts, without a plan one, with two plans nine. */
class Flaky {

    static final int NO_PLAN = 1;
    static final int ONE_PLAN = 3;

    int attempts;

    private String fail() {
        this.attempts++;
        throw new IllegalStateException("attempt " + this.attempts);
    }

    /** How many attempts there are. */
    int attemptsOf(Supplier<?> call) {
        int before = this.attempts;
        try {
            throw new AssertionError("it worked: " + call.get());
        } catch (IllegalStateException ex) {
            return this.attempts - before;
        }
    }

    @Retry(maxRetries = 2, delay = "0s")
    public String find() {
        return fail();
    }

    @Retry(maxRetries = 2, delay = "0s")
    public final String findFinally() {
        return fail();
    }

    @Retry(maxRetries = 2, delay = "0s")
    String findInPackage() {
        return fail();
    }

    @Retry(maxRetries = 2, delay = "0s")
    private String findPrivately() {
        return fail();
    }

    public int findItself() {
        return attemptsOf(this::find);
    }

    public int findItselfFinally() {
        return attemptsOf(this::findFinally);
    }

    public int findItselfInPackage() {
        return attemptsOf(this::findInPackage);
    }

    public int findItselfPrivately() {
        return attemptsOf(this::findPrivately);
    }
}
