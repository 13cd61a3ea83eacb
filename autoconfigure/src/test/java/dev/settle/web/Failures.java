package dev.settle.web;

import dev.settle.AbortedException;
import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.CallTimeoutException;
import dev.settle.DeadlineExceededException;
import dev.settle.SupersededException;
import dev.settle.abort.AbortReason;
import java.time.Duration;
import java.util.Arrays;

/** How calls fail, and what clients are to be told then. */
public enum Failures {
    TIMEOUT(504, null, timeout()),
    SHUTDOWN(503, "7", new AbortedException(AbortReason.shutdown("secret"))),
    CLOSED(503, "7", rejected("shutdown", CallRejectedException.Reason.CLOSED, null)),
    RATE(429, "2", rejected("throttle", CallRejectedException.Reason.RATE, Duration.ofMillis(1001))),
    CONFLICT(429, null, rejected("exclusive", CallRejectedException.Reason.CONFLICT, null)),
    QUEUE_FULL(503, null, rejected("bulkhead", CallRejectedException.Reason.QUEUE_FULL, null)),
    WAIT_EXCEEDED(503, "1", rejected("throttle", CallRejectedException.Reason.WAIT_EXCEEDED, Duration.ofMillis(1))),
    KEYS(503, null, rejected("bulkhead", CallRejectedException.Reason.KEYS, null)),
    ENGINE(503, null, rejected("exclusive", CallRejectedException.Reason.ENGINE, null)),
    SUPERSEDED(409, null, new SupersededException(AbortReason.superseded("secret"))),
    CANCELLED(503, null, new AbortedException(RequestSources.gone())),
    APPLICATION(503, null, new AbortedException(AbortReason.application("secret")));

    final int status;
    final String retryAfter;
    final RuntimeException failure;

    Failures(int status, String retryAfter, RuntimeException failure) {
        this.status = status;
        this.retryAfter = retryAfter;
        this.failure = failure;
    }

    private static RuntimeException timeout() {
        String message = "'desk.ask' exceeded its timeout of 2 s";
        var facts = new DeadlineExceededException(
                message, Duration.ofSeconds(2), Duration.ofSeconds(2), CallPhase.RUNNING, true);
        return new CallTimeoutException(new AbortReason(AbortReason.Kind.TIMEOUT, message, facts));
    }

    private static RuntimeException rejected(String policy, CallRejectedException.Reason reason, Duration retryAfter) {
        RuntimeException rejected =
                new CallRejectedException(policy, "desk.ask", "secret", reason, retryAfter, "secret");
        rejected.initCause(new IllegalStateException("secret"));
        return rejected;
    }

    /** The one with this name. */
    static RuntimeException of(String name) {
        return Arrays.stream(values())
                .filter(failure -> failure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .failure;
    }
}
