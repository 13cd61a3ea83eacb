package dev.settle.flow;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the model checker tries: a channel, or a broken copy of one. */
interface Pipe {

    CompletableFuture<?> send(int value);

    CompletableFuture<Optional<Integer>> receive();

    boolean trySend(int value);

    Optional<Integer> tryReceive();

    void close();

    int waiting();

    static Pipe real(Channel<Integer> channel) {
        return new Pipe() {
            @Override
            public CompletableFuture<?> send(int value) {
                return channel.send(value);
            }

            @Override
            public CompletableFuture<Optional<Integer>> receive() {
                return channel.receive();
            }

            @Override
            public boolean trySend(int value) {
                return channel.trySend(value);
            }

            @Override
            public Optional<Integer> tryReceive() {
                return channel.tryReceive();
            }

            @Override
            public void close() {
                channel.close();
            }

            @Override
            public int waiting() {
                return channel.waiting();
            }
        };
    }
}
