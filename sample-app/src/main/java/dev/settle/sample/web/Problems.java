package dev.settle.sample.web;

import dev.settle.AbortedException;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncAbortController;
import dev.settle.sample.rates.ProviderException;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns failures into problem details (RFC 9457). */
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final AbortSignal shutdown;

    Problems(AsyncAbortController controller) {
        this.shutdown = controller.shutdownRequested();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooSlow(CallTimeoutException ex) {
        return provider(
                HttpStatus.GATEWAY_TIMEOUT,
                "The providers did not answer within " + ex.limit().toMillis() + " ms");
    }

    @ExceptionHandler({ProviderException.class, IOException.class})
    ResponseEntity<ProblemDetail> tooFew(Exception ex) {
        return provider(HttpStatus.BAD_GATEWAY, "Too few providers answered; the last failure: " + ex.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(CallRejectedException ex) {
        return ex.reason() == Reason.CLOSED
                ? closing()
                : later("The desk is busy", ex.retryAfter().orElse(SOON));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> aborted(AbortedException ex) {
        return closing();
    }

    /** A desk that is closing gives up early: another may have more luck. */
    private ResponseEntity<ProblemDetail> provider(HttpStatus status, String detail) {
        if (this.shutdown.aborted()) {
            return closing();
        }
        return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail))
                .build();
    }

    private static ResponseEntity<ProblemDetail> closing() {
        return later("The desk is closing", SOON);
    }

    private static ResponseEntity<ProblemDetail> later(String why, Duration time) {
        ProblemDetail problem =
                ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, why + ": please come back");
        return ResponseEntity.of(problem)
                .header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, time.toSeconds())))
                .build();
    }
}
