package dev.settle.benchmark.soak;

import dev.settle.CallRejectedException;
import dev.settle.CallTimeoutException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Calls, with so many calls going on as there may be, until it is told to stop. */
final class Driver implements Runnable {

    static final int AT_ONCE = 400;

    enum End {
        ANSWERED,
        FAILED,
        TIMED_OUT,
        REJECTED,
        CANCELLED
    }

    private final Desk desk;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Map<End, LongAdder> ends = new EnumMap<>(End.class);
    private volatile boolean stopped;

    Driver(Desk desk) {
        this.desk = desk;
        for (End end : End.values()) {
            this.ends.put(end, new LongAdder());
        }
    }

    @Override
    public void run() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (!this.stopped) {
            this.free.acquireUninterruptibly();
            CompletableFuture<String> call = call(random.nextInt(10), "key-" + random.nextInt(5000));
            call.whenComplete(this::ended);
            if (random.nextInt(100) == 0) {
                call.cancel(false);
            }
        }
    }

    private CompletableFuture<String> call(int which, String key) {
        return switch (which) {
            case 0 -> this.desk.retried();
            case 1 -> this.desk.limited();
            case 2 -> this.desk.limitedByKey(key);
            case 3 -> this.desk.alone(key);
            case 4 -> this.desk.replaced(key);
            case 5 -> this.desk.spaced();
            case 6 -> this.desk.spacedByKey(key);
            case 7 -> this.desk.collected(key);
            case 8 -> this.desk.streamed().toFuture();
            default -> now(key);
        };
    }

    private CompletableFuture<String> now(String key) {
        try {
            return CompletableFuture.completedFuture(this.desk.now(key));
        } catch (RuntimeException ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private void ended(@Nullable String answer, @Nullable Throwable failure) {
        LongAdder counted = this.ends.get(end(failure));
        if (counted != null) {
            counted.increment();
        }
        this.free.release();
    }

    private static End end(@Nullable Throwable failure) {
        Throwable cause =
                (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
        if (cause == null) {
            return End.ANSWERED;
        }
        if (cause instanceof CallRejectedException) {
            return End.REJECTED;
        }
        if (cause instanceof CallTimeoutException) {
            return End.TIMED_OUT;
        }
        return (cause instanceof CancellationException) ? End.CANCELLED : End.FAILED;
    }

    void stop() {
        this.stopped = true;
    }

    /** How many callers do not have their outcome. */
    int goingOn() {
        return AT_ONCE - this.free.availablePermits();
    }

    long done(End end) {
        LongAdder counted = this.ends.get(end);
        return (counted == null) ? 0 : counted.sum();
    }

    long done() {
        return this.ends.values().stream().mapToLong(LongAdder::sum).sum();
    }
}
