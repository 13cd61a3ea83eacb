package dev.settle.sample.web;

import dev.settle.sample.rates.ProviderException;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns failures of the providers into problem details (RFC 9457), as Settle does with those of its calls. */
@RestControllerAdvice
final class Problems {

    @ExceptionHandler({ProviderException.class, IOException.class})
    ProblemDetail tooFew(Exception ex) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_GATEWAY, "Too few providers answered; the last failure: " + ex.getMessage());
    }
}
