package dev.settle.actuate;

import dev.settle.CallRejectedException;
import dev.settle.actuate.ConcurrencyReport.Rejection;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The last calls of a name that were refused; nothing of them is kept but what a report shows. */
final class Rejections {

    static final int MOST = 10;

    private final TimeSource time;
    private final AtomicLong count = new AtomicLong();
    private final AtomicReferenceArray<Refused> ring = new AtomicReferenceArray<>(MOST);

    Rejections(TimeSource time) {
        this.time = time;
    }

    private record Refused(String policy, CallRejectedException.Reason reason, long at) {}

    void add(CallRejectedException refusal) {
        int index = (int) (this.count.getAndIncrement() % MOST);
        this.ring.set(index, new Refused(refusal.policy(), refusal.reason(), this.time.nanoTime()));
    }

    /** The last first. */
    List<Rejection> last() {
        long now = this.time.nanoTime();
        long end = this.count.get();
        List<Rejection> last = new ArrayList<>();
        for (long i = end - 1; i >= Math.max(0, end - MOST); i--) {
            Refused one = this.ring.get((int) (i % MOST));
            // Race: whoever has the place may not have come to use it.
            if (one != null) {
                last.add(new Rejection(
                        one.policy(),
                        one.reason().name().toLowerCase(Locale.ROOT),
                        Nanos.words(Nanos.between(one.at(), now))));
            }
        }
        return last;
    }
}
