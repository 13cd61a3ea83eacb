package dev.settle.ui;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.Disposable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * An answer of WebFlux, which is over when all of it has been taken. A server that stops gracefully waits for that: without end
 * when a client has stopped reading and has not closed.
 */
final class ReactiveAnswer {

    private final ServerHttpResponse response;
    private final CountDownLatch over = new CountDownLatch(1);

    ReactiveAnswer(ServerHttpResponse response) {
        this.response = response;
    }

    /** What a stream is written to; null where nobody has said so. */
    static @Nullable ReactiveAnswer of(ContextView context) {
        return context.getOrDefault(ReactiveAnswer.class, null);
    }

    Context addTo(Context context) {
        return context.put(ReactiveAnswer.class, this);
    }

    void ended() {
        this.over.countDown();
    }

    /**
     * Waits for the end, and then closes the connection.
     *
     * <p>Race: the answer may end just after it was waited for. The connection is then closed after a complete answer, which
     * clients of HTTP/1.1 have to expect.
     */
    void endWithin(Duration patience) {
        try {
            if (!this.over.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                close();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Netty's answers can be given up, together with their connection; over HTTP/2 together with their stream. */
    private void close() {
        if (ServerHttpResponseDecorator.getNativeResponse(this.response) instanceof Disposable netty) {
            netty.dispose();
        }
    }
}
