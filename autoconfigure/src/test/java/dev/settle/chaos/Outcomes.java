package dev.settle.chaos;

import dev.settle.Aborted;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.CallTimeoutException;
import dev.settle.ReentrantCallException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Whether what a caller has got can be what it should have got. */
final class Outcomes {

    private final World world;
    private final Refusals refusals;

    Outcomes(World world) {
        this.world = world;
        this.refusals = new Refusals(world);
    }

    void check(Caller caller) {
        Throwable failure = caller.failure;
        if (failure == null) {
            if (!this.world.facts().known(caller.value)) {
                this.world.broken(Law.SETTLES_ONCE, caller + " has a value that no method returned: " + caller.value);
            }
            return;
        }
        if (failure.getSuppressed().length > 5) {
            this.world.broken(Law.TYPED_FAILURES, failure.getSuppressed().length + " failures are suppressed");
        }
        if (this.world.facts().known(failure)) {
            lastOne(caller, failure);
        } else if (failure instanceof CallRejectedException refused) {
            this.refusals.check(caller, refused);
        } else if (failure instanceof CallTimeoutException timeout) {
            inTime(caller, timeout);
            explained(caller, timeout);
        } else if (failure instanceof Aborted aborted) {
            explained(caller, aborted);
        } else {
            ofTheUser(caller, failure);
        }
    }

    private void inTime(Caller caller, CallTimeoutException timeout) {
        long elapsed = this.world.now() - caller.madeAt;
        if (!this.world.plan().shares()
                && !caller.nested()
                && elapsed < timeout.limit().toNanos()) {
            this.world.broken(
                    Law.TIME_IS_INJECTED, caller + " was over time after " + elapsed + " ns of " + timeout.limit());
        }
    }

    private void explained(Caller caller, Aborted aborted) {
        boolean may = switch (aborted.reason().kind()) {
            case TIMEOUT -> this.world.plan().attempt != null || this.world.plan().total != null;
            case CALLER_CANCELLED -> caller.givenUp || caller.nested();
            case SUPERSEDED -> this.world.plan().shares();
            case SHUTDOWN -> this.world.application().stopped();
            case APPLICATION -> this.world.application().aborted();
        };
        if (!may) {
            this.world.broken(Law.OWN_FUTURE, caller + " was aborted: " + aborted.reason());
        }
    }

    private void ofTheUser(Caller caller, Throwable failure) {
        if (failure instanceof CompletionException || failure instanceof ExecutionException) {
            this.world.broken(Law.TYPED_FAILURES, caller + " has a wrapper: " + failure);
        } else if (!isSettles(caller, failure)) {
            this.world.broken(Law.TYPED_FAILURES, caller + " has what nobody threw: " + failure);
        }
    }

    private void lastOne(Caller caller, Throwable failure) {
        Job last = caller.lastJob();
        boolean own = !this.world.plan().shares() && !caller.nested() && !caller.givenUp;
        if (own && last.failure() != null && last.failure() != failure) {
            this.world.broken(Law.TYPED_FAILURES, caller + " has not the last failure, but " + failure);
        }
    }

    private boolean isSettles(Caller caller, Throwable failure) {
        return failure instanceof ReentrantCallException
                || failure instanceof CancellationException
                || (failure instanceof IllegalArgumentException && caller.key == null)
                || (failure instanceof IllegalStateException
                        && failure.getMessage().endsWith("returned null instead of a future"));
    }

    /** What kind of outcome it is, for the tally. */
    static String kind(Object value, Throwable failure) {
        if (failure == null) {
            return (value == null) ? "null" : "value";
        }
        if (failure instanceof CallRejectedException refused) {
            return refused.reason() == Reason.CLOSED ? "refused: closed" : "refused by " + refused.policy();
        }
        if (failure instanceof Aborted aborted) {
            return "aborted: " + aborted.reason().kind();
        }
        if (failure instanceof java.io.IOException || failure instanceof AssertionError) {
            return "failure of the method";
        }
        return failure.getClass().getSimpleName();
    }
}
