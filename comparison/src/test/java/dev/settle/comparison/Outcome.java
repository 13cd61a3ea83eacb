package dev.settle.comparison;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What became of a call: a value, a failure, or neither in the time given. */
public record Outcome(boolean settled, String value, Throwable failure, Duration waited) {

    /** Waits for the outcome of a future. */
    public static Outcome of(CompletableFuture<String> future, Duration within) {
        try {
            // A copy: its cancellation exceptions are those of the original, but its dependents are nobody's.
            return new Outcome(true, future.copy().get(within.toMillis(), TimeUnit.MILLISECONDS), null, within);
        } catch (TimeoutException ex) {
            return new Outcome(false, null, null, within);
        } catch (ExecutionException ex) {
            return new Outcome(true, null, unwrap(ex), within);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The run was ended", ex);
        }
    }

    /** Whether it ended in failure. */
    public boolean failed() {
        return this.failure != null;
    }

    /** Whether it ended in that value. */
    public boolean is(String expected) {
        return this.settled && this.failure == null && expected.equals(this.value);
    }

    /** The failure without what the JDK puts around it. */
    public static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** The outcome in words. */
    @Override
    public String toString() {
        if (!this.settled) {
            return "no outcome in " + Waits.text(this.waited);
        }
        if (this.failure == null) {
            return (this.value == null) ? "null" : "\"" + this.value + "\"";
        }
        return (this.failure instanceof Failure)
                ? "\"" + this.failure.getMessage() + "\""
                : "`" + this.failure.getClass().getSimpleName() + "`";
    }
}
