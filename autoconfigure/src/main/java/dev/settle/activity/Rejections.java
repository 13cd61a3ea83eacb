package dev.settle.activity;

import dev.settle.CallRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The last calls of a name that were refused. */
final class Rejections {

    static final int MOST = 10;

    private final AtomicLong count = new AtomicLong();
    private final AtomicReferenceArray<Refusal> ring = new AtomicReferenceArray<>(MOST);

    void add(CallRejectedException refusal, long now) {
        int index = (int) (this.count.getAndIncrement() % MOST);
        this.ring.set(index, new Refusal(refusal.policy(), refusal.reason(), now));
    }

    /** The last first. */
    List<Refusal> last() {
        long end = this.count.get();
        List<Refusal> last = new ArrayList<>();
        for (long i = end - 1; i >= Math.max(0, end - MOST); i--) {
            Refusal one = this.ring.get((int) (i % MOST));
            // Race: whoever has the place may not have come to use it.
            if (one != null) {
                last.add(one);
            }
        }
        return last;
    }
}
