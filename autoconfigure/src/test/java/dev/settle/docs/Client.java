package dev.settle.docs;

import java.util.concurrent.CompletableFuture;

/** Somebody far away, for the examples. */
interface Client {
    CompletableFuture<String> send(String request);
}
