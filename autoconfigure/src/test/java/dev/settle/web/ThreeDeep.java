package dev.settle.web;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Calls inside calls inside calls, the innermost of another service. */
@Import({ThreeDeep.Outer.class, ThreeDeep.Middle.class, ThreeDeep.Inner.class, ThreeDeep.Signals.class})
public class ThreeDeep {

    /** The signals of the innermost calls. */
    public static class Signals extends LinkedBlockingQueue<AbortSignal> {

        private static final long serialVersionUID = 1L;
    }

    public static class Outer {

        private final Middle middle;

        public Outer(Middle middle) {
            this.middle = middle;
        }

        @Retry
        public CompletableFuture<String> ask(URI upstream) {
            // Cancelling this future would not reach the one that it depends on; the signal does.
            return this.middle.ask(upstream).thenApply(HttpResponse::body);
        }

        @Retry
        public Mono<String> watch(URI upstream) {
            return this.middle.watch(upstream);
        }
    }

    public static class Middle {

        private final Inner inner;

        public Middle(Inner inner) {
            this.inner = inner;
        }

        @Exclusive
        public CompletableFuture<HttpResponse<String>> ask(URI upstream) {
            return this.inner.ask(upstream);
        }

        @Exclusive
        public Mono<String> watch(URI upstream) {
            return this.inner.watch(upstream);
        }
    }

    public static class Inner {

        private final HttpClient http = HttpClient.newHttpClient();
        private final WebClient web = WebClient.create();
        private final BlockingQueue<AbortSignal> signals;

        public Inner(Signals signals) {
            this.signals = signals;
        }

        @Bulkhead(1)
        public CompletableFuture<HttpResponse<String>> ask(URI upstream) {
            this.signals.add(AbortSignal.current());
            return this.http.sendAsync(HttpRequest.newBuilder(upstream).build(), BodyHandlers.ofString());
        }

        @Bulkhead(1)
        public Mono<String> watch(URI upstream) {
            this.signals.add(AbortSignal.current());
            return this.web.get().uri(upstream).retrieve().bodyToMono(String.class);
        }
    }
}
