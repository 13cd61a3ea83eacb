package dev.settle.context;

import dev.settle.context.Surroundings.Seen;
import dev.settle.core.Results;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/** One run of a method: what it saw, and when it ends. */
final class Visit {

    final CompletableFuture<Seen> seen = new CompletableFuture<>();
    final CompletableFuture<String> end = new CompletableFuture<>();

    CompletableFuture<String> later() {
        this.seen.complete(Seen.here());
        return this.end;
    }

    String value() {
        this.seen.complete(Seen.here());
        try {
            return Results.await(this.end);
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    Mono<String> mono() {
        this.seen.complete(Seen.here());
        return Mono.fromFuture(this.end);
    }
}
