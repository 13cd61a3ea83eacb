package dev.settle.ui;

import dev.settle.web.servlet.WriteTimeouts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.util.MimeType;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Spring MVC. */
public final class ServletTransport implements Transport {

    /** With the charset: otherwise a text is sent in that of the application's converter, and browsers read UTF-8. */
    private static final MediaType EVENTS = new MediaType(MediaType.TEXT_EVENT_STREAM, StandardCharsets.UTF_8);

    private final WriteTimeouts timeouts;

    /** Uses what is known of the container's connections: a write waits for its client, and the server for the write. */
    public ServletTransport(WriteTimeouts timeouts) {
        this.timeouts = timeouts;
    }

    @Override
    public Object answer(int status, MimeType type, Object body) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(type))
                .headers(headers -> LiveHeaders.ALL.forEach(headers::set))
                .body(body);
    }

    @Override
    public Object stream(Feed feed) {
        if (isForHeadersOnly()) {
            return answer(200, EVENTS, new byte[0]);
        }
        // Before a place is taken: it may be the application's own, and throw.
        this.timeouts.set(Stream.PATIENCE);
        if (!Stream.reserve()) {
            return Transport.super.stream(feed);
        }
        Emitter emitter = new Emitter();
        Stream.start(feed, emitter);
        return emitter;
    }

    /** Spring answers HEAD by GET, and the server drops the body: such a stream would never see that nobody is there. */
    private static boolean isForHeadersOnly() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                && HttpMethod.HEAD.matches(attributes.getRequest().getMethod());
    }

    /** What is sent before the request has become asynchronous is kept until then. */
    private static final class Emitter extends SseEmitter implements Stream.Outlet {

        private volatile boolean closed;

        Emitter() {
            super(0L);
            onCompletion(() -> this.closed = true);
            onError(failure -> this.closed = true);
        }

        @Override
        protected void extendResponse(ServerHttpResponse response) {
            response.getHeaders().setContentType(EVENTS);
            super.extendResponse(response);
            LiveHeaders.ALL.forEach(response.getHeaders()::set);
        }

        @Override
        public boolean isOpen() {
            return !this.closed;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void send(Frame frame) throws IOException {
            send(event().id(Long.toString(frame.number())).data(frame.json(), MediaType.TEXT_PLAIN));
        }

        @Override
        public void bye() throws IOException {
            send(event().name("bye").data("{}"));
        }

        @Override
        public void end() {
            complete();
        }
    }
}
