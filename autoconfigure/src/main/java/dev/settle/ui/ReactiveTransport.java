package dev.settle.ui;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Spring WebFlux; a {@link ReactiveHeaders} sees to the headers. */
public final class ReactiveTransport implements Transport {

    @Override
    public Object stream(Feed feed) {
        if (Stream.open() >= Stream.MOST) {
            return Transport.super.stream(feed);
        }
        Flux<ServerSentEvent<String>> events = Flux.create(sink -> {
            // Counted when somebody reads: an answer that nobody subscribes to has no thread. Race: others may have
            // come meanwhile.
            if (Stream.reserve()) {
                Stream.start(feed, new Sink(sink, ReactiveAnswer.of(sink.contextView())));
            } else {
                sink.complete();
            }
        });
        return new WebEndpointResponse<>(events, WebEndpointResponse.STATUS_OK, MediaType.TEXT_EVENT_STREAM);
    }

    /** Takes frames while the connection does. */
    private record Sink(
            FluxSink<ServerSentEvent<String>> sink,
            @Nullable ReactiveAnswer answer) implements Stream.Outlet {

        @Override
        public boolean isOpen() {
            return !this.sink.isCancelled();
        }

        @Override
        public boolean isReady() {
            return this.sink.requestedFromDownstream() > 0;
        }

        @Override
        public void send(Frame frame) {
            this.sink.next(ServerSentEvent.builder(frame.json())
                    .id(Long.toString(frame.number()))
                    .build());
        }

        @Override
        public void bye() {
            this.sink.next(ServerSentEvent.builder("{}").event("bye").build());
        }

        @Override
        public void end() {
            this.sink.complete();
            if (this.answer != null) {
                this.answer.endWithin(Stream.PATIENCE);
            }
        }
    }
}
