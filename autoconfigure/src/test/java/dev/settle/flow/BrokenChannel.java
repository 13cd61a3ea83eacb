package dev.settle.flow;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** A small rendezvous, right but for one flaw: what passes with a real channel must fail with this one, or proves nothing. */
final class BrokenChannel implements Pipe {

    // Guarded by this.
    private final Queue<Sender> senders = new ArrayDeque<>();
    private final Queue<CompletableFuture<Optional<Integer>>> receivers = new ArrayDeque<>();
    private boolean closed;

    private final Flaw flaw;

    BrokenChannel(Flaw flaw) {
        this.flaw = flaw;
    }

    /** What is broken. */
    enum Flaw {
        /** Nothing: the copy is a true one. */
        NONE,
        /** Whoever sees a receiver waiting takes it for met, though it may be going. */
        RECEIVER_WITHOUT_CAS,
        /** Whoever sees a sender waiting takes its value, though it may be going. */
        SENDER_WITHOUT_CAS,
        /** Those who wait are told before the channel is closed. */
        CLOSE_EMPTIES_FIRST
    }

    private record Sender(int value, CompletableFuture<Void> sent) {}

    private <V> boolean meet(CompletableFuture<V> waiting, V outcome, Flaw withoutCas) {
        return (this.flaw == withoutCas)
                ? !waiting.isDone() && (waiting.complete(outcome) || true)
                : waiting.complete(outcome);
    }

    @Override
    public synchronized CompletableFuture<?> send(int value) {
        if (this.closed) {
            return CompletableFuture.failedFuture(new ChannelClosedException("closed", null));
        }
        if (trySend(value)) {
            return CompletableFuture.completedFuture(null);
        }
        Sender sender = new Sender(value, new CompletableFuture<>());
        this.senders.add(sender);
        return sender.sent();
    }

    @Override
    public synchronized boolean trySend(int value) {
        for (var next = this.receivers.poll(); next != null; next = this.receivers.poll()) {
            if (meet(next, Optional.of(value), Flaw.RECEIVER_WITHOUT_CAS)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized CompletableFuture<Optional<Integer>> receive() {
        Optional<Integer> value = tryReceive();
        if (value.isPresent() || this.closed) {
            return CompletableFuture.completedFuture(value);
        }
        CompletableFuture<Optional<Integer>> receiver = new CompletableFuture<>();
        this.receivers.add(receiver);
        return receiver;
    }

    @Override
    public synchronized Optional<Integer> tryReceive() {
        for (Sender next = this.senders.poll(); next != null; next = this.senders.poll()) {
            if (meet(next.sent(), null, Flaw.SENDER_WITHOUT_CAS)) {
                return Optional.of(next.value());
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        if (this.flaw == Flaw.CLOSE_EMPTIES_FIRST) {
            letGo();
        }
        shut();
    }

    private synchronized void shut() {
        this.closed = true;
        if (this.flaw != Flaw.CLOSE_EMPTIES_FIRST) {
            letGo();
        }
    }

    private synchronized void letGo() {
        for (var next = this.receivers.poll(); next != null; next = this.receivers.poll()) {
            next.complete(Optional.empty());
        }
    }

    @Override
    public synchronized int waiting() {
        return (int) (this.senders.stream()
                        .filter(sender -> !sender.sent().isDone())
                        .count()
                + this.receivers.stream().filter(receiver -> !receiver.isDone()).count());
    }
}
