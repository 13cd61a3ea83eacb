package dev.settle.policy.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.ReentrantCallException;
import dev.settle.core.Results;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A run that is shared is still part of the work of those who share it. */
class NestedInSharedRunTests {

    private final KeyedMutex<String> mutex = KeyedMutex.create();
    private final KeyedMutex<String> other = KeyedMutex.create();

    @Test
    void joiningInsideTheLockWouldWaitForItself() throws Exception {
        CompletableFuture<String> call =
                this.mutex.call("a", () -> this.mutex.join("a", () -> CompletableFuture.completedFuture("never")));

        assertThat(Results.awaitFailure(call)).isInstanceOf(ReentrantCallException.class);
    }

    @Test
    void theLockIsRecognisedThroughTheRunOfAnother() throws Exception {
        CompletableFuture<String> call = this.mutex.call(
                "a",
                () -> this.other.join(
                        "b", () -> this.mutex.call("a", () -> CompletableFuture.completedFuture("never"))));

        assertThat(Results.awaitFailure(call)).isInstanceOf(ReentrantCallException.class);
        assertThat(this.mutex.keys()).isZero();
        assertThat(this.other.keys()).isZero();
    }
}
