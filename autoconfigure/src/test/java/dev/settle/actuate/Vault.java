package dev.settle.actuate;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Throttle;
import java.util.concurrent.CompletableFuture;

/** Methods whose keys, arguments and failures are nobody's business. */
class Vault {

    @Throttle(limit = 1, window = "1h", maxWait = "0s", key = "#secret")
    public String open(String secret) {
        return secret;
    }

    @Exclusive(key = "#secret")
    @Bulkhead(value = 1, key = "#secret")
    public CompletableFuture<String> hold(String secret) {
        return new CompletableFuture<>();
    }

    @Bulkhead(1)
    public void lose(String secret) {
        throw new IllegalStateException("lost " + secret);
    }
}
