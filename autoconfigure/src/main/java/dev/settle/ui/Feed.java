package dev.settle.ui;

import dev.settle.activity.Activity;
import dev.settle.plan.PlanRegistry;
import dev.settle.time.TimeSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.json.JsonWriter;

/**
 * What the page shows, frame by frame, while somebody looks. A reader says which frame it has; when it is too far behind, it
 * gets one with all there is, so nothing is kept for anybody.
 *
 * <p>Race: readers and the tick meet at the lock, which no call ever takes.
 */
public final class Feed {

    /** A page wants to see bars move. */
    static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(250);

    /** That are watched each second. */
    static final int CALLS_PER_LANE = 20;

    static final int CALLS_IN_ALL = 200;

    /** Who has not asked for so long looks no more. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    static final int TICKS_A_SECOND = (int) (TimeUnit.SECONDS.toNanos(1) / INTERVAL);

    /** Ten seconds. */
    private static final int KEPT = 10 * TICKS_A_SECOND;

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private static final JsonWriter<Object> JSON = JsonWriter.standard();

    private final PlanRegistry registry;
    private final Activity activity;
    private final TimeSource time;
    private final Supplier<Map<String, Object>> about;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = this.lock.newCondition();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private long number;
    private long lastAsked;
    private volatile boolean stopping;
    private boolean complained;
    private @Nullable Run run;

    /** From the first reader to the last. */
    private record Run(String name, long origin, Lanes lanes, Tracks tracks, Map<String, Object> about) {}

    /**
     * Creates the feed; it costs nothing until somebody reads.
     *
     * @param about what the page should know of the application
     */
    public Feed(PlanRegistry registry, Activity activity, TimeSource time, Supplier<Map<String, Object>> about) {
        this.registry = registry;
        this.activity = activity;
        this.time = time;
        this.about = about;
    }

    /**
     * The frames that a reader does not have.
     *
     * @param run which run of the feed it has read, null for none
     * @param after the last frame it has
     */
    List<Frame> after(@Nullable String run, long after) {
        this.lock.lock();
        try {
            return missing(run, after);
        } finally {
            this.lock.unlock();
        }
    }

    /** Waits until there is something after this frame, but not for long. */
    @SuppressWarnings("WaitNotInLoop") // who wakes up for nothing comes back
    List<Frame> await(@Nullable String run, long after) throws InterruptedException {
        this.lock.lock();
        try {
            List<Frame> next = missing(run, after);
            if (next.isEmpty() && !this.stopping) {
                this.news.await(4 * INTERVAL, TimeUnit.NANOSECONDS);
                next = missing(run, after);
            }
            return next;
        } finally {
            this.lock.unlock();
        }
    }

    /** Waits for a moment. */
    @SuppressWarnings("WaitNotInLoop") // who wakes up for nothing comes back
    void idle() throws InterruptedException {
        this.lock.lock();
        try {
            this.news.await(INTERVAL, TimeUnit.NANOSECONDS);
        } finally {
            this.lock.unlock();
        }
    }

    /** The application stops: streams end, so that the web server need not wait for them; who asks is still answered. */
    public void stop() {
        this.lock.lock();
        try {
            this.stopping = true;
            this.news.signalAll();
        } finally {
            this.lock.unlock();
        }
    }

    /** The application starts again after it was stopped and not closed: there are streams again. */
    public void resume() {
        this.stopping = false;
    }

    boolean isStopping() {
        return this.stopping;
    }

    private List<Frame> missing(@Nullable String run, long after) {
        this.lastAsked = this.time.nanoTime();
        Run now = (this.run != null) ? this.run : start();
        Frame oldest = this.frames.peekFirst();
        boolean knows = now.name().equals(run) && oldest != null && after >= oldest.number() - 1;
        if (!knows || after > this.number) {
            return List.of(new Frame(
                    now.name(),
                    this.number,
                    write(now, true, now.lanes().all(), now.tracks().all())));
        }
        return this.frames.stream().filter(frame -> frame.number() > after).toList();
    }

    private Run start() {
        long origin = this.time.nanoTime();
        Lanes lanes = new Lanes(this.registry, this.activity);
        Tracks tracks = new Tracks(nanos -> millis(nanos - origin));
        Run begun = new Run(
                Long.toString((long) (this.time.random() * Long.MAX_VALUE), Character.MAX_RADIX),
                origin,
                lanes,
                tracks,
                this.about.get());
        this.run = begun;
        this.time.schedule(INTERVAL, () -> tick(begun));
        advance(begun);
        return begun;
    }

    private void tick(Run ticking) {
        this.lock.lock();
        try {
            if (this.time.nanoTime() - this.lastAsked > PATIENCE) {
                end(ticking);
                return;
            }
            // Before anything that may fail.
            this.time.schedule(INTERVAL, () -> tick(ticking));
            advance(ticking);
            this.news.signalAll();
        } finally {
            this.lock.unlock();
        }
    }

    private void end(Run ended) {
        ended.lanes().end();
        ended.tracks().close();
        this.frames.clear();
        this.run = null;
    }

    /** What fails here must not end the ticks: the next one may have a picture again. */
    private void advance(Run now) {
        try {
            now.lanes().look();
            now.tracks().collect(now.lanes().byActivity());
            List<Object> lanes = now.lanes().news();
            List<Object> calls = now.tracks().news();
            now.tracks().forget(this.time.nanoTime());
            this.number++;
            this.frames.add(new Frame(now.name(), this.number, write(now, false, lanes, calls)));
            if (this.frames.size() > KEPT) {
                this.frames.remove();
            }
            now.lanes().sample(now.tracks(), now.tracks().room());
        } catch (RuntimeException ex) {
            if (!this.complained) {
                this.complained = true;
                LOG.warn("The live page misses what could not be read; this is said once", ex);
            }
        }
    }

    private String write(Run now, boolean full, List<Object> lanes, List<Object> calls) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("seq", this.number);
        frame.put("run", now.name());
        frame.put("at", millis(this.time.nanoTime() - now.origin()));
        if (this.stopping) {
            frame.put("stopping", true);
        }
        if (full) {
            frame.put("full", true);
            frame.put("interval", TimeUnit.NANOSECONDS.toMillis(INTERVAL));
            frame.put("calls-per-lane", CALLS_PER_LANE);
            frame.put("calls-in-all", CALLS_IN_ALL);
            frame.putAll(now.about());
        }
        if (full || !lanes.isEmpty()) {
            frame.put("lanes", lanes);
        }
        if (full || !calls.isEmpty()) {
            frame.put("calls", calls);
        }
        return JSON.writeToString(frame);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 100_000.0) / 10.0;
    }
}
