package dev.settle.flow;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts one thing after another, at most so many at a time, on the thread of whoever made room.
 *
 * <p>Race: several end at the same time, or what is started ends before the start returns. One thread looks what comes next,
 * the others only leave their word that it should look once more: so the source is asked by one thread at a time, and the stack
 * stays flat, however many end at once.
 */
final class Pump {

    private final int limit;
    private final Consumer<Runnable> within;
    private final Source source;
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();

    /**
     * @param limit how many at a time
     * @param within runs what it is given on this thread, as part of the operation: whoever made room may be inside other work
     */
    Pump(int limit, Consumer<Runnable> within, Source source) {
        this.limit = limit;
        this.within = within;
        this.source = source;
    }

    /** What there is to start. Asked by one thread at a time. */
    @FunctionalInterface
    interface Source {

        /**
         * What comes next, which must say when it has {@link Pump#ended}; null when there is nothing now.
         *
         * @param running how many run
         */
        @Nullable
        Runnable next(int running);
    }

    /** There may be something to start. */
    void look() {
        if (this.looks.getAndIncrement() == 0) {
            this.within.accept(this::fillAsOftenAsAsked);
        }
    }

    private void fillAsOftenAsAsked() {
        int seen = 1;
        do {
            fill();
            seen = this.looks.addAndGet(-seen);
        } while (seen != 0);
    }

    private void fill() {
        for (int now = this.running.get(); now < this.limit; now = this.running.get()) {
            Runnable next = this.source.next(now);
            if (next == null) {
                return;
            }
            this.running.incrementAndGet();
            next.run();
        }
    }

    /** One has ended. */
    void ended() {
        this.running.decrementAndGet();
        look();
    }
}
