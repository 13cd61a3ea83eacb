package dev.settle.ui;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.core.io.Resource;
import org.springframework.util.MimeType;

/**
 * The live page: what annotated methods are doing now, and what became of the last shutdown. It only reads; what changes
 * something goes to the {@code concurrency} endpoint, and needs its access. It shows no arguments, no keys and no messages.
 */
@WebEndpoint(id = SettleUiEndpoint.ID, defaultAccess = Access.READ_ONLY)
public class SettleUiEndpoint {

    static final String ID = "settleui";

    private static final MimeType JSON = new MimeType("application", "json", StandardCharsets.UTF_8);

    private final Feed feed;
    private final Transport transport;
    private final Supplier<String> path;
    private final Optional<String> lastShutdown;

    /**
     * Creates the endpoint.
     *
     * @param path the last part of the page's address, which an application may change
     * @param lastShutdown the report of the last shutdown
     */
    public SettleUiEndpoint(Feed feed, Transport transport, Supplier<String> path, Optional<String> lastShutdown) {
        this.feed = feed;
        this.transport = transport;
        this.path = path;
        this.lastShutdown = lastShutdown;
    }

    /** The page. */
    @ReadOperation(produces = {"text/html", "application/xhtml+xml"})
    public Object page() {
        return this.transport.answer(WebEndpointResponse.STATUS_OK, Page.HTML, Page.html(this.path.get()));
    }

    /**
     * What the page consists of, and what it reads.
     *
     * @param after the last frame that a page which polls has
     * @param run the run of the feed that it is of
     */
    @ReadOperation(produces = {"application/json", "text/css", "text/javascript", "image/svg+xml", "text/event-stream"})
    public Object part(@Selector String part, @Nullable Long after, @Nullable String run) {
        return switch (part) {
            case "stream" -> this.feed.isStopping() ? unavailable() : this.transport.stream(this.feed);
            case "frames" -> json(frames(run, (after == null) ? -1 : after));
            case "shutdown" -> this.lastShutdown.map(this::json).orElseGet(SettleUiEndpoint::notFound);
            default -> file(part);
        };
    }

    private String frames(@Nullable String run, long after) {
        return this.feed.after(run, after).stream()
                .map(Frame::json)
                .collect(Collectors.joining(",", "{\"frames\":[", "]}"));
    }

    private Object file(String name) {
        Resource file = Page.file(name);
        return (file == null)
                ? notFound()
                : this.transport.answer(WebEndpointResponse.STATUS_OK, Page.type(name), file);
    }

    private Object json(String body) {
        // Bytes: a converter for JSON would put a text in quotes.
        return this.transport.answer(WebEndpointResponse.STATUS_OK, JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Object notFound() {
        return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
    }

    private static Object unavailable() {
        return new WebEndpointResponse<>(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
    }
}
