package dev.settle.docs;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody far away whose replies come when the test says so. */
final class HandClient implements Client {

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<String>> replies = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<String> send(String request) {
        CompletableFuture<String> reply = new CompletableFuture<>();
        this.requests.add(request);
        this.replies.add(reply);
        return reply;
    }

    /** Replies to the request of that number. */
    void reply(int number, String text) {
        this.replies.get(number).complete(text);
    }
}
