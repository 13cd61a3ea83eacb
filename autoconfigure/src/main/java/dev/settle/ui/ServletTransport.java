package dev.settle.ui;

import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.util.MimeType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Spring MVC. */
public final class ServletTransport implements Transport {

    @Override
    public Object answer(int status, MimeType type, Object body) {
        return ResponseEntity.status(status)
                .contentType(new MediaType(type))
                .headers(headers -> LiveHeaders.ALL.forEach(headers::set))
                .body(body);
    }

    @Override
    public Object stream(Feed feed) {
        if (!Stream.reserve()) {
            return Transport.super.stream(feed);
        }
        Emitter emitter = new Emitter();
        Stream.start(feed, emitter);
        return emitter;
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
            send(event().id(Long.toString(frame.number())).data(frame.json()));
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
