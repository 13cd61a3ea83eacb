package dev.settle.ui;

import dev.settle.activity.Moment;
import dev.settle.activity.Moment.Kind;
import dev.settle.activity.NameActivity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongToDoubleFunction;

/**
 * The calls that are watched one by one.
 *
 * <p>Race: calls leave their moments here, on their threads and without a lock, while somebody looks; one thread at a time
 * collects them. How many there can be is bounded by the samples and by what one call may tell.
 */
final class Tracks implements Consumer<Moment> {

    /** A call may be open for good; when there are so many, no more are watched. */
    static final int MOST_OPEN = 2_000;

    /** Who begins to look sees what happened just before, if somebody else has been looking. */
    private static final long KEPT = TimeUnit.SECONDS.toNanos(15);

    private final LongToDoubleFunction clock;
    private final Queue<Moment> moments = new ConcurrentLinkedQueue<>();
    private final Map<Object, Track> tracks = new LinkedHashMap<>();
    private long ids;
    private volatile boolean closed;

    Tracks(LongToDoubleFunction clock) {
        this.clock = clock;
    }

    @Override
    public void accept(Moment moment) {
        if (!this.closed) {
            this.moments.add(moment);
        }
    }

    /** Nobody looks any more: calls that go on must not fill what nobody empties. */
    void close() {
        this.closed = true;
        // Whoever has looked at the flag before adds a last one; it goes with this object.
        this.moments.clear();
        this.tracks.clear();
    }

    /** Takes what calls have left here. */
    void collect(Map<NameActivity, Lane> lanes) {
        for (Moment moment = this.moments.poll(); moment != null; moment = this.moments.poll()) {
            Lane lane = lanes.get(moment.of());
            if (lane != null && moment.kind() == Kind.BEGIN) {
                lane.seen();
                this.tracks.put(moment.call(), new Track(this.ids++, lane.index(), this.clock));
            }
            Track track = this.tracks.get(moment.call());
            if (track != null) {
                track.add(moment);
            }
        }
    }

    void forget(long now) {
        this.tracks.values().removeIf(track -> track.isOver(now - KEPT));
    }

    /** How many more calls may be watched; those that have ended leave by themselves, and take no room. */
    int room() {
        long open = this.tracks.values().stream().filter(Track::isOpen).count();
        return (int) Math.max(0, MOST_OPEN - open);
    }

    List<Object> news() {
        List<Object> news = new ArrayList<>();
        for (Track track : this.tracks.values()) {
            if (track.hasNews()) {
                news.add(track.news());
            }
        }
        return news;
    }

    List<Object> all() {
        List<Object> all = new ArrayList<>();
        this.tracks.values().forEach(track -> all.add(track.all()));
        return all;
    }
}
