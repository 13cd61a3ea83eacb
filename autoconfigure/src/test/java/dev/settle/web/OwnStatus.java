package dev.settle.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Wraps failures of calls in exceptions: some of them say what is to be answered. */
@RestController
public class OwnStatus {

    private static RuntimeException refused() {
        return Failures.RATE.failure;
    }

    @ResponseStatus(HttpStatus.BAD_GATEWAY)
    static class OrderFailed extends RuntimeException {

        OrderFailed(Throwable cause) {
            super(cause);
        }
    }

    @GetMapping("/as-exception")
    String asException() {
        throw new ResponseStatusException(HttpStatus.BAD_GATEWAY, "upstream", refused());
    }

    @GetMapping("/annotated")
    String annotated() {
        throw new OrderFailed(refused());
    }

    @GetMapping("/annotated-inside")
    String annotatedInside() {
        throw new IllegalStateException(new OrderFailed(refused()));
    }

    @GetMapping("/wrapped")
    String wrapped() {
        throw new IllegalStateException(refused());
    }
}
