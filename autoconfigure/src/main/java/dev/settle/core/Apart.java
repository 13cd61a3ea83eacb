package dev.settle.core;

import dev.settle.time.TimeSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Tells several callers their outcome. What one of them does next may wait for what another gets, so each hands the others
 * over to another thread before it is told itself; those whose threads are parked come first, because they only have to be
 * woken.
 */
final class Apart {

    private final TimeSource time;
    private final Queue<Share> shares;
    private final Consumer<Share> telling;

    private Apart(TimeSource time, Queue<Share> shares, Consumer<Share> telling) {
        this.time = time;
        this.shares = shares;
        this.telling = telling;
    }

    static void tell(TimeSource time, List<Share> all, Consumer<Share> telling) {
        if (all.size() == 1) {
            telling.accept(all.get(0));
            return;
        }
        Queue<Share> running = new ConcurrentLinkedQueue<>();
        for (Share share : all) {
            if (share.parked()) {
                telling.accept(share);
            } else {
                running.add(share);
            }
        }
        new Apart(time, running, telling).next();
    }

    private void next() {
        Share share = this.shares.poll();
        if (share == null) {
            return;
        }
        if (!this.shares.isEmpty()) {
            this.time.execute(this::next);
        }
        this.telling.accept(share);
    }
}
