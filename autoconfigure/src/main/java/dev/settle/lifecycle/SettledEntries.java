package dev.settle.lifecycle;

import dev.settle.abort.AbortReport.Entry;
import dev.settle.abort.AbortReport.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What has settled in a shutdown. Of very many only some are kept, and of these what went wrong comes first. */
final class SettledEntries {

    static final int MOST = 500;

    private final List<Settled> wrong = new ArrayList<>();
    private final List<Settled> well = new ArrayList<>();
    private long count;

    /**
     * One entry.
     *
     * @param number the how manieth it was
     * @param at when it settled
     */
    record Settled(long number, Entry entry, int phase, long at) {

        boolean wentWrong() {
            return this.entry.outcome() != Outcome.COMPLETED && this.entry.outcome() != Outcome.REMOVED;
        }
    }

    void add(Entry entry, int phase, long at) {
        Settled settled = new Settled(this.count++, entry, phase, at);
        List<Settled> peers = settled.wentWrong() ? this.wrong : this.well;
        if (peers.size() < MOST) {
            peers.add(settled);
        }
    }

    long count() {
        return this.count;
    }

    /** At most so many, in the order they settled. */
    List<Settled> kept(int most) {
        return Stream.concat(this.wrong.stream(), this.well.stream())
                .limit(most)
                .sorted(Comparator.comparingLong(Settled::number))
                .toList();
    }
}
