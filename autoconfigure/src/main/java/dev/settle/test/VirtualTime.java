package dev.settle.test;

import dev.settle.queue.Trampoline;
import dev.settle.time.Nanos;
import dev.settle.time.OneThread;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A clock and timers that move only when a test says so. What becomes due runs on the thread that advances the time, in
 * the order in which it is due, and equal times in the order in which they were scheduled. What is random comes from a seed: the
 * same test tells the same story each time.
 *
 * <pre class="code">
 * &#64;AutoClose("assertSettled")
 * final VirtualTime time = new VirtualTime();
 *
 * &#64;Test
 * void triesAgain() {
 *     RetryPolicy retry = RetryPolicy.times(3).time(this.time).build();
 *     CompletableFuture&lt;String&gt; reply = this.time.watch(retry.call(() -&gt; api.send("order")));
 *     this.time.advance(Duration.ofSeconds(1));
 *     assertThat(reply).isCompletedWithValue("done");
 * }
 * </pre>
 *
 * {@link #assertSettled()} fails when timers are left, or watched futures have not settled: called at the end of a test, or by
 * JUnit's {@code @AutoClose}. For a test with a Spring context there is {@link WithVirtualTime}.
 */
public final class VirtualTime implements TimeSource {

    private final TreeSet<Due> timers = new TreeSet<>(VirtualTime::inOrder);
    private final List<CompletableFuture<?>> watched = new ArrayList<>();
    private final long seed;
    private SplittableRandom random;
    private long now;
    private long scheduled;

    /** Starts at a reading that is far from zero, so that nothing comes to rely on it, with the seed 0. */
    public VirtualTime() {
        this(Long.MAX_VALUE - Duration.ofDays(1).toNanos());
    }

    /** Starts at the given reading in nanoseconds, with the seed 0. */
    public VirtualTime(long origin) {
        this(origin, 0);
    }

    private VirtualTime(long origin, long seed) {
        this.now = origin;
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** With a seed for what is random, such as the jitter of retries. */
    public static VirtualTime seeded(long seed) {
        return new VirtualTime(Long.MAX_VALUE - Duration.ofDays(1).toNanos(), seed);
    }

    @Override
    public synchronized long nanoTime() {
        return this.now;
    }

    @Override
    public synchronized Timer schedule(long delayNanos, Runnable task) {
        Due due = new Due(this.now + Math.max(0, delayNanos), this.scheduled++, task);
        this.timers.add(due);
        return () -> cancel(due);
    }

    @Override
    public void execute(Runnable task) {
        Trampoline.run(task);
    }

    @Override
    public synchronized double random() {
        return this.random.nextDouble();
    }

    private synchronized void cancel(Due due) {
        this.timers.remove(due);
    }

    @Override
    public synchronized int pending() {
        return this.timers.size();
    }

    /** How long it is until the next timer is due; empty when none is armed. */
    public synchronized Optional<Duration> untilNext() {
        return this.timers.isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, this.timers.first().at - this.now)));
    }

    /** Moves the time on, and runs what becomes due on the way. */
    public void advance(Duration time) {
        long until = nanoTime() + Nanos.of(time);
        for (Due due = next(until); due != null; due = next(until)) {
            OneThread.run(due.task);
        }
        moveTo(until);
    }

    /** Moves the time on to the next timer, and runs it and what is due with it; does nothing when none is armed. */
    public void advanceToNext() {
        untilNext().ifPresent(this::advance);
    }

    /** Runs what is due now. */
    public void run() {
        advance(Duration.ZERO);
    }

    /** The future must have settled by {@link #assertSettled()}. */
    public synchronized <F extends CompletableFuture<?>> F watch(F future) {
        this.watched.add(Objects.requireNonNull(future, "future"));
        return future;
    }

    /** Disarms all timers, forgets what is watched, and begins anew with the seed, for another test. */
    public synchronized void clear() {
        this.timers.clear();
        this.watched.clear();
        this.random = new SplittableRandom(this.seed);
    }

    /**
     * Says that the test has come to its end; afterwards nothing is armed or watched any more.
     *
     * @throws AssertionError when timers are left, or watched futures have not settled
     */
    public void assertSettled() {
        String left = left();
        clear();
        if (!left.isEmpty()) {
            throw new AssertionError(left);
        }
    }

    /** What is left, in words; empty when nothing is. */
    synchronized String left() {
        long open = this.watched.stream().filter(future -> !future.isDone()).count();
        List<String> left = new ArrayList<>();
        untilNext()
                .ifPresent(next -> left.add(
                        "timers are left: " + this.timers.size() + ", the next is due in " + Nanos.words(next)));
        if (open > 0) {
            left.add("watched futures that have not settled: " + open);
        }
        return String.join("; ", left);
    }

    private synchronized @Nullable Due next(long until) {
        Due first = this.timers.isEmpty() ? null : this.timers.first();
        if (first == null || first.at - until > 0) {
            return null;
        }
        this.timers.remove(first);
        moveTo(first.at);
        return first;
    }

    /** Never back: a timer, or another thread, may have moved the time further meanwhile. */
    private synchronized void moveTo(long later) {
        if (later - this.now > 0) {
            this.now = later;
        }
    }

    /** Readings may wrap around; only their difference has a sign. */
    private static int inOrder(Due one, Due other) {
        return (one.at != other.at) ? Long.signum(one.at - other.at) : Long.compare(one.order, other.order);
    }

    private record Due(long at, long order, Runnable task) {}
}
