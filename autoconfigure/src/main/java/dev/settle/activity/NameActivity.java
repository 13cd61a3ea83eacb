package dev.settle.activity;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.core.CallObserver.ObservedCall;
import dev.settle.core.CallOutcome;
import dev.settle.time.TimeSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the calls of one name are doing. */
public final class NameActivity {

    private static final AtomicReferenceFieldUpdater<NameActivity, @Nullable Sample> SAMPLE =
            AtomicReferenceFieldUpdater.newUpdater(NameActivity.class, Sample.class, "sample");

    private final TimeSource time;
    private final LongAdder begun = new LongAdder();
    private final LongAdder attempts = new LongAdder();
    private final LongAdder attempted = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder coalesced = new LongAdder();
    private final Map<CallPhase, LongAdder> phases = adders(CallPhase.class);
    private final Map<CallOutcome, LongAdder> outcomes = adders(CallOutcome.class);
    private final Rejections rejections = new Rejections();

    /** Null when nobody looks, and when all calls of it have been taken: then a call costs one look here. */
    private volatile @Nullable Sample sample;

    NameActivity(TimeSource time) {
        this.time = time;
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        Map<E, LongAdder> adders = new EnumMap<>(type);
        for (E one : type.getEnumConstants()) {
            adders.put(one, new LongAdder());
        }
        return adders;
    }

    ObservedCall begin() {
        this.begun.increment();
        Sample now = this.sample;
        return (now == null) ? new CountedCall(this) : begin(now);
    }

    private ObservedCall begin(Sample now) {
        boolean taken = now.take();
        if (now.isUsedUp()) {
            // Race: another sample may have come, which is not used up.
            SAMPLE.compareAndSet(this, now, null);
        }
        return taken ? new WatchedCall(this, now.witness()) : new CountedCall(this);
    }

    /** Has some of the next calls watched; null ends what is left of the sample before. */
    public void sample(@Nullable Sample next) {
        this.sample = next;
    }

    void rejected(CallRejectedException refusal) {
        this.rejections.add(refusal, this.time.nanoTime());
    }

    /** The last calls that were refused, the last first; ten at most. */
    public List<Refusal> rejections() {
        return this.rejections.last();
    }

    /** The numbers of now. */
    public Counts counts() {
        // Ends first: what begins meanwhile must not be missing where its end is counted.
        Map<CallOutcome, Long> ended = sums(this.outcomes);
        long attemptsEnded = this.attempted.sum();
        long begins = this.begun.sum();
        long attemptsBegun = this.attempts.sum();
        long ends = ended.values().stream().mapToLong(Long::longValue).sum();
        return new Counts(
                begins,
                Math.max(0, begins - ends),
                attemptsBegun,
                Math.max(0, attemptsBegun - attemptsEnded),
                this.late.sum(),
                this.coalesced.sum(),
                sums(this.phases),
                ended);
    }

    /** A sum that is read while others count may have an end without its beginning. */
    private static <E extends Enum<E>> Map<E, Long> sums(Map<E, LongAdder> adders) {
        Map<E, Long> sums = new EnumMap<>(adders.keySet().iterator().next().getDeclaringClass());
        adders.forEach((one, adder) -> sums.put(one, Math.max(0, adder.sum())));
        return sums;
    }

    /** The clock of its times, in nanoseconds. */
    public long now() {
        return this.time.nanoTime();
    }

    void phase(@Nullable CallPhase before, @Nullable CallPhase now) {
        add(this.phases, before, -1);
        add(this.phases, now, 1);
    }

    void attemptBegins() {
        this.attempts.increment();
    }

    void attemptEnds(boolean givenUp) {
        this.attempted.increment();
        if (givenUp) {
            this.late.increment();
        }
    }

    void ended(CallOutcome outcome, boolean ofAnotherRun) {
        add(this.outcomes, outcome, 1);
        if (ofAnotherRun) {
            this.coalesced.increment();
        }
    }

    private static <E extends Enum<E>> void add(Map<E, LongAdder> adders, @Nullable E which, long by) {
        LongAdder adder = (which == null) ? null : adders.get(which);
        if (adder != null) {
            adder.add(by);
        }
    }
}
