package dev.settle.sample.web;

import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lets a visitor shut the desk down by a button, as Ctrl-C does. Whoever reaches the port may do it: an application that is
 * no toy has Boot's {@code shutdown} endpoint for that, behind its own security.
 */
@RestController
final class ClosingController {

    private final ConfigurableApplicationContext context;

    ClosingController(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Answers at once, and closes on a thread of its own: the web server waits for this answer too. */
    // JSON, so that no page of another site can send it: its browser would have to ask first.
    @PostMapping(path = "/shutdown", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, String> close() {
        new Thread(this.context::close, "closing").start();
        return Map.of("detail", "The desk is closing");
    }
}
