package dev.settle.web;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Turns the failures of calls into problem details (RFC 9457), for servlet and reactive web applications. A bean of this
 * type replaces it: one that extends it and handles some failures in its own way, for example. Handlers of other advices
 * come before it, and so does what an exception says itself, with {@code @ResponseStatus} or as an {@code ErrorResponse}.
 *
 * <p>A problem names the policy and the method, never a key, an argument or the message of a cause.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public class CallProblems {

    /** What nginx logs for a client that has gone; nobody reads it, but a metric should not count it as a server's error. */
    private static final HttpStatusCode CLIENT_HAS_GONE = HttpStatusCode.valueOf(499);

    private final Duration shutdownRetryAfter;

    /**
     * Creates the advice.
     *
     * @param shutdownRetryAfter when a client may come back to an application that is stopping
     */
    public CallProblems(Duration shutdownRetryAfter) {
        this.shutdownRetryAfter = shutdownRetryAfter;
    }

    /**
     * Answers for the failure of a call, or for an exception that has one among its causes.
     *
     * @param request the signal of the request
     * @throws Exception the one that was thrown, when it says itself what is to be answered: it is no business of this advice
     */
    @ExceptionHandler({CallTimeoutException.class, CallRejectedException.class, AbortedException.class})
    protected ResponseEntity<ProblemDetail> answer(
            Exception thrown,
            @RequestAttribute(name = RequestSources.ATTRIBUTE, required = false) @Nullable AbortSignal request)
            throws Exception {
        for (Throwable next = thrown; next != null && !saysItsStatus(next); next = next.getCause()) {
            if (next instanceof CallTimeoutException ex) {
                return timedOut(ex);
            } else if (next instanceof CallRejectedException ex) {
                return rejected(ex);
            } else if (next instanceof AbortedException ex) {
                return hasGone(ex, request)
                        ? ResponseEntity.status(CLIENT_HAS_GONE).build()
                        : aborted(ex);
            }
        }
        throw thrown;
    }

    private static boolean saysItsStatus(Throwable failure) {
        return failure instanceof ErrorResponse
                || AnnotatedElementUtils.hasAnnotation(failure.getClass(), ResponseStatus.class);
    }

    /** What is cancelled by others fails for a client that is there, too. */
    private static boolean hasGone(AbortedException ex, @Nullable AbortSignal request) {
        AbortReason.Kind gone = AbortReason.Kind.CALLER_CANCELLED;
        return ex.reason().kind() == gone
                && request != null
                && request.reason().map(AbortReason::kind).filter(gone::equals).isPresent();
    }

    /** 504 for a call that took longer than it may. */
    protected ResponseEntity<ProblemDetail> timedOut(CallTimeoutException ex) {
        return answer(
                HttpStatus.GATEWAY_TIMEOUT, "timeout", "Timed out", ex.reason().message(), Optional.empty());
    }

    /** 429 for a call that came too often or in the way of another, 503 for one that found no room. */
    protected ResponseEntity<ProblemDetail> rejected(CallRejectedException ex) {
        String detail = "'" + ex.name() + "' was refused by " + ex.policy() + " (" + ex.reason() + ")";
        return switch (ex.reason()) {
            case CLOSED -> stopping(detail);
            case RATE, CONFLICT ->
                answer(HttpStatus.TOO_MANY_REQUESTS, "rejected", "Too many requests", detail, ex.retryAfter());
            case QUEUE_FULL, WAIT_EXCEEDED, KEYS, ENGINE ->
                answer(HttpStatus.SERVICE_UNAVAILABLE, "rejected", "Busy", detail, ex.retryAfter());
        };
    }

    /** 503 for a call that was given up, 409 when a later one took its place. */
    protected ResponseEntity<ProblemDetail> aborted(AbortedException ex) {
        return switch (ex.reason().kind()) {
            case SHUTDOWN -> stopping("The application is stopping");
            case SUPERSEDED ->
                answer(HttpStatus.CONFLICT, "superseded", "Superseded", "A later call took over", Optional.empty());
            case CALLER_CANCELLED, TIMEOUT, APPLICATION ->
                answer(HttpStatus.SERVICE_UNAVAILABLE, "aborted", "Aborted", "The call was given up", Optional.empty());
        };
    }

    private ResponseEntity<ProblemDetail> stopping(String detail) {
        return answer(
                HttpStatus.SERVICE_UNAVAILABLE, "shutdown", "Stopping", detail, Optional.of(this.shutdownRetryAfter));
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String type, String title, String detail, Optional<Duration> retryAfter) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("urn:problem-type:settle:" + type));
        problem.setTitle(title);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        retryAfter.ifPresent(time -> answer.header(HttpHeaders.RETRY_AFTER, seconds(time)));
        return answer.body(problem);
    }

    /** Whole seconds, rounded up: who comes back too early is refused again. */
    private static String seconds(Duration time) {
        return Long.toString(Math.max(1, time.plusNanos(999_999_999).toSeconds()));
    }
}
