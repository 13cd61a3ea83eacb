package dev.settle.flow;

import dev.settle.core.AsyncFunction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands values from senders to receivers, in order; waiting holds no thread.
 *
 * <pre class="code">
 * Channel&lt;Order&gt; orders = Channel.buffered(100);
 * CompletableFuture&lt;Void&gt; done = orders.consume(4, warehouse::pack);
 * orders.send(order);
 * orders.close();
 * </pre>
 *
 * Senders and receivers are served first come, first served. A send or receive that is cancelled, or whose {@link
 * dev.settle.abort.AbortSignal#current() current signal} aborts, leaves the channel at once: its value is never received, and
 * no value is lost with it. What is chained to a future runs on the thread of whoever came to meet it, and must not block.
 *
 * @param <T> the values, which are not null
 */
public final class Channel<T> implements AutoCloseable {

    private final Exchange<T> exchange;

    private Channel(Exchange<T> exchange) {
        this.exchange = exchange;
    }

    /** What becomes of a value for which there is no room. */
    public enum Overflow {
        /** Its sender waits. */
        WAIT,
        /** The oldest value in the buffer makes room for it. */
        DROP_OLDEST,
        /** It is dropped itself. */
        DROP_LATEST
    }

    /** Without a buffer: a send is done when its value has been received. */
    public static <T> Channel<T> rendezvous() {
        return new Channel<>(new Exchange<>(0, Overflow.WAIT, value -> {}));
    }

    /**
     * With room for so many values; then senders wait.
     *
     * @throws IllegalArgumentException for less than one
     */
    public static <T> Channel<T> buffered(int capacity) {
        return buffered(capacity, Overflow.WAIT, value -> {});
    }

    /**
     * With room for so many values.
     *
     * @param dropped is told of each value that was sent and will not be received: because there was no room, or because the
     *     channel failed or its receivers gave it up; outside any lock
     * @throws IllegalArgumentException for less than one
     */
    public static <T> Channel<T> buffered(int capacity, Overflow overflow, Consumer<? super T> dropped) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "A buffer of " + capacity + " has room for nothing; use at least 1, or Channel.rendezvous()");
        }
        Objects.requireNonNull(overflow, "overflow");
        return new Channel<>(new Exchange<>(capacity, overflow, Objects.requireNonNull(dropped, "dropped")));
    }

    /**
     * What comes from any of the channels, which it takes over: it closes when all of them have; it fails when one of them does,
     * and then, and when it is given up, it gives them up. It takes one value of each before anybody asks for it.
     */
    public static <T> Channel<T> merge(List<? extends Channel<? extends T>> inputs) {
        List<Channel<? extends T>> taken = List.copyOf(inputs);
        Channel<T> merged = rendezvous();
        Each.<Channel<? extends T>>of(taken).run(input -> pour(input, merged)).handle((done, failure) -> {
            if (failure == null) {
                merged.close();
            } else {
                merged.fail(failure);
            }
            return null;
        });
        merged.exchange.whenEnded(() -> taken.forEach(Channel::cancel));
        return merged;
    }

    private static <T, V extends T> CompletableFuture<@Nullable Void> pour(Channel<V> input, Channel<T> merged) {
        return input.consume(
                1,
                value -> merged.send(value).whenComplete((sent, failure) -> {
                    if (failure != null) {
                        input.drop(value);
                    }
                }));
    }

    /**
     * Sends a value.
     *
     * @return done when the value is in the buffer, or dropped, or else received; fails with a {@link ChannelClosedException}
     *     when the channel takes no more
     * @throws NullPointerException for null
     */
    public CompletableFuture<@Nullable Void> send(T value) {
        return new Sending<>(this.exchange, Objects.requireNonNull(value, "value")).start();
    }

    /**
     * Sends a value if that is possible without waiting.
     *
     * @throws NullPointerException for null
     */
    public boolean trySend(T value) {
        return this.exchange.trySend(Objects.requireNonNull(value, "value"));
    }

    /**
     * The next value, or empty once the channel has been closed and all values have been received; fails when the channel has
     * failed or been given up.
     */
    public CompletableFuture<Optional<T>> receive() {
        return new Receiving<>(this.exchange).start();
    }

    /** The next value, if there is one now. */
    public Optional<T> tryReceive() {
        return this.exchange.tryReceive();
    }

    /**
     * Runs the function for each value, so many at a time, until the channel has been closed and all values have been dealt with.
     * After the first failure, and when it is given up, the channel is given up, too, and what is running is aborted.
     *
     * @throws IllegalArgumentException for less than one worker
     */
    public <R extends @Nullable Object> CompletableFuture<@Nullable Void> consume(
            int workers, AsyncFunction<? super T, R> fn) {
        if (workers < 1) {
            throw new IllegalArgumentException("consume(" + workers + ") would receive nothing; use at least 1");
        }
        return new Consumption<>(this, workers, fn).start();
    }

    /** Takes no more values; those that were sent are still delivered, also of senders that wait. */
    @Override
    public void close() {
        this.exchange.close();
    }

    /** Takes no more values and discards those that are there: all who wait, and all who receive later, fail for that reason. */
    public void fail(Throwable cause) {
        Objects.requireNonNull(cause, "cause");
        this.exchange.end(() -> cause);
    }

    /** The receivers have gone: the values that are there are discarded, and whoever waits, sends or receives fails. */
    public void cancel() {
        cancel(null);
    }

    void cancel(@Nullable Throwable cause) {
        this.exchange.end(() -> new ChannelClosedException("The receivers have given the channel up", cause));
    }

    /** A value that has been received, and that nobody will deal with. */
    void drop(T value) {
        this.exchange.drop(value);
    }

    /** How many values are in the buffer. */
    public int size() {
        return this.exchange.size();
    }

    /** How many senders and receivers wait. */
    public int waiting() {
        return this.exchange.waiting();
    }
}
