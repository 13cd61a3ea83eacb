package dev.settle.flow;

import dev.settle.flow.Channel.Overflow;
import dev.settle.queue.Chain;
import dev.settle.queue.Trampoline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a channel: values, and those who wait on either side. While receivers wait there is no value; while senders wait
 * the buffer is full.
 *
 * <p>Race: senders, receivers, those who give up and those who close meet. Who gets what is decided under the lock, and told
 * outside it, through the trampoline. One who waits is met by winning a CAS against its giving up: so a value is never handed to
 * one who has gone.
 */
final class Exchange<T> {

    private final int capacity;
    private final Overflow overflow;
    private final Consumer<? super T> dropped;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();

    // Guarded by this.
    private final Queue<T> buffer = new ArrayDeque<>();
    private final Chain<Party.Place<Sending<T>>> senders = new Chain<>();
    private final Chain<Party.Place<Receiving<T>>> receivers = new Chain<>();
    private boolean closed;
    private @Nullable Supplier<? extends Throwable> failure;

    Exchange(int capacity, Overflow overflow, Consumer<? super T> dropped) {
        this.capacity = capacity;
        this.overflow = overflow;
        this.dropped = dropped;
    }

    void send(Sending<T> sender) {
        Throwable refusal = null;
        Runnable told = null;
        synchronized (this) {
            if (this.closed) {
                refusal = closed();
            } else {
                told = place(sender.value());
                if (told == null) {
                    this.senders.add(sender.place());
                    return;
                }
            }
        }
        sender.overAtOnce(null, refusal);
        if (told != null) {
            Trampoline.run(told);
        }
    }

    boolean trySend(T value) {
        Runnable told;
        synchronized (this) {
            told = this.closed ? null : place(value);
        }
        if (told == null) {
            return false;
        }
        Trampoline.run(told);
        return true;
    }

    /** Finds a place for a value, and says what is to be told outside the lock; null: there is none, and its sender waits. */
    private @Nullable Runnable place(T value) {
        Receiving<T> receiver = meet(this.receivers);
        if (receiver != null) {
            return () -> receiver.over(Optional.of(value), null);
        }
        if (this.buffer.size() < this.capacity) {
            this.buffer.add(value);
            return () -> {};
        }
        return switch (this.overflow) {
            case WAIT -> null;
            case DROP_LATEST -> () -> this.dropped.accept(value);
            case DROP_OLDEST -> {
                T oldest = this.buffer.remove();
                this.buffer.add(value);
                yield () -> this.dropped.accept(oldest);
            }
        };
    }

    void receive(Receiving<T> receiver) {
        Taken<T> taken;
        Throwable failed;
        synchronized (this) {
            failed = (this.failure == null) ? null : this.failure.get();
            taken = (failed == null) ? take() : null;
            if (failed == null && taken == null && !this.closed) {
                this.receivers.add(receiver.place());
                return;
            }
        }
        receiver.overAtOnce((failed == null) ? Optional.ofNullable(taken).map(Taken::value) : null, failed);
        tell(taken);
    }

    Optional<T> tryReceive() {
        Taken<T> taken;
        synchronized (this) {
            taken = (this.failure == null) ? take() : null;
        }
        tell(taken);
        return Optional.ofNullable(taken).map(Taken::value);
    }

    /** A value, and the sender for whose value, or whose own, there is room now. */
    private record Taken<T>(T value, @Nullable Sending<T> sender) {}

    private @Nullable Taken<T> take() {
        T value = this.buffer.poll();
        Sending<T> sender = meet(this.senders);
        if (value == null) {
            return (sender == null) ? null : new Taken<>(sender.value(), sender);
        }
        if (sender != null) {
            this.buffer.add(sender.value());
        }
        return new Taken<>(value, sender);
    }

    private static void tell(@Nullable Taken<?> taken) {
        Sending<?> sender = (taken == null) ? null : taken.sender();
        if (sender != null) {
            Trampoline.run(() -> sender.over(null, null));
        }
    }

    /** The first who has not given up, whose outcome is decided by that. */
    private static <W extends Party<?>> @Nullable W meet(Chain<Party.Place<W>> waiting) {
        for (Party.Place<W> first = waiting.poll(); first != null; first = waiting.poll()) {
            if (first.party().meet()) {
                return first.party();
            }
        }
        return null;
    }

    private static <W extends Party<?>> List<W> meetAll(Chain<Party.Place<W>> waiting) {
        List<W> all = new ArrayList<>();
        for (W first = meet(waiting); first != null; first = meet(waiting)) {
            all.add(first);
        }
        return all;
    }

    synchronized void leave(Sending<T> sender) {
        this.senders.remove(sender.place());
    }

    synchronized void leave(Receiving<T> receiver) {
        this.receivers.remove(receiver.place());
    }

    /** Takes no more; who waits for a value will not get one. */
    void close() {
        List<Receiving<T>> waiting;
        synchronized (this) {
            this.closed = true;
            // While there are values, or senders, nobody waits.
            waiting = meetAll(this.receivers);
        }
        waiting.forEach(receiver -> Trampoline.run(() -> receiver.over(Optional.empty(), null)));
    }

    /** Discards what is there. All that wait, and all that receive later, get a failure, each its own if it makes new ones. */
    void end(Supplier<? extends Throwable> cause) {
        List<Party<?>> waiting = new ArrayList<>();
        List<T> discarded;
        synchronized (this) {
            if (this.failure != null || isDrained()) {
                return;
            }
            this.closed = true;
            this.failure = cause;
            waiting.addAll(meetAll(this.receivers));
            waiting.addAll(meetAll(this.senders));
            discarded = new ArrayList<>(this.buffer);
            this.buffer.clear();
        }
        waiting.forEach(party -> Trampoline.run(() -> party.over(null, cause.get())));
        discarded.forEach(this::drop);
        this.ended.complete(null);
    }

    void drop(T value) {
        Trampoline.run(() -> this.dropped.accept(value));
    }

    private boolean isDrained() {
        return this.closed && this.buffer.isEmpty() && this.senders.size() == 0;
    }

    private ChannelClosedException closed() {
        return (this.failure == null)
                ? new ChannelClosedException("The channel has been closed", null)
                : new ChannelClosedException("The channel has ended, and takes no more", this.failure.get());
    }

    /** Runs the action when what was there has been discarded, or now. */
    void whenEnded(Runnable action) {
        this.ended.thenRun(action);
    }

    synchronized int size() {
        return this.buffer.size();
    }

    synchronized int waiting() {
        return this.senders.size() + this.receivers.size();
    }
}
