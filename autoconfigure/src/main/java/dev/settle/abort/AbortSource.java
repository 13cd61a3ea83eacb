package dev.settle.abort;

import dev.settle.AbortedException;
import dev.settle.CallPhase;
import dev.settle.CallTimeoutException;
import dev.settle.DeadlineExceededException;
import dev.settle.SupersededException;
import dev.settle.queue.Chain;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import dev.settle.time.Workers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The switch behind one signal.
 *
 * <p>{@link #abort} first marks this signal and everything that depends on it, and only then tells the listeners, so
 * that no listener ever sees a dependent still open (WHATWG DOM, "signal abort"). Listeners run outside the lock.
 */
public class AbortSource implements AbortSignal {

    private static final Logger LOG = System.getLogger(AbortSource.class.getName());

    private static final int MANY_LISTENERS = 10_000;

    private final @Nullable Deadline deadline;
    private volatile @Nullable AbortReason reason;

    // Guarded by this.
    private @Nullable Chain<Listener> listeners;
    private @Nullable Chain<DependentLink> dependents;
    private boolean warned;

    /** A source without a deadline. */
    public AbortSource() {
        this(null);
    }

    AbortSource(@Nullable Deadline deadline) {
        this.deadline = deadline;
    }

    /** A source that a timer aborts. */
    static AbortSource timeout(TimeSource time, long limitNanos) {
        AbortSource source = new AbortSource(Deadline.in(time, limitNanos));
        if (limitNanos <= 0) {
            source.abort(timedOut("The signal", 0, 0));
        } else {
            // The timer holds the signal: it ends by itself, and somebody may listen who holds nothing else.
            time.schedule(limitNanos, () -> source.abort(timedOut("The signal", limitNanos, limitNanos)));
        }
        return source;
    }

    /**
     * A source for a piece of work inside another: it aborts with the parent, for the same reason, and its deadline is
     * the nearer of the two. The caller ends the link with {@link Child#close()} when the work is done. The deadline is
     * told to those who ask; a timer for it is the caller's business.
     */
    public static Child child(AbortSignal parent, TimeSource time, long limitNanos) {
        return new Child(parent, Deadline.nearer(Deadline.of(parent), Deadline.in(time, limitNanos)));
    }

    /** A source for a piece of work inside another, with the parent's deadline. */
    public static Child child(AbortSignal parent) {
        return new Child(parent, Deadline.of(parent));
    }

    @Override
    public final boolean aborted() {
        return this.reason != null;
    }

    final @Nullable AbortReason why() {
        return this.reason;
    }

    @Override
    public final Optional<AbortReason> reason() {
        return Optional.ofNullable(this.reason);
    }

    @Override
    public final void throwIfAborted() {
        AbortReason why = this.reason;
        if (why != null) {
            throw exception(why);
        }
    }

    /** A new exception that tells of the reason. */
    public static RuntimeException exception(AbortReason why) {
        return switch (why.kind()) {
            case TIMEOUT -> new CallTimeoutException(why);
            case SUPERSEDED -> new SupersededException(why);
            default -> new AbortedException(why);
        };
    }

    /** The reason of a deadline that has passed while something else than a call was going on. */
    static AbortReason timedOut(String what, long limitNanos, long elapsedNanos) {
        Duration limit = Duration.ofNanos(limitNanos);
        String message = what + " exceeded its limit of " + Nanos.words(limit);
        var facts =
                new DeadlineExceededException(message, limit, Duration.ofNanos(elapsedNanos), CallPhase.RUNNING, true);
        return new AbortReason(AbortReason.Kind.TIMEOUT, message, facts);
    }

    @Override
    public final Optional<Duration> remaining() {
        Deadline until = deadline();
        return (until == null) ? Optional.empty() : Optional.of(aborted() ? Duration.ZERO : until.remaining());
    }

    @Nullable
    Deadline deadline() {
        return this.deadline;
    }

    @Override
    public final Registration onAbort(Consumer<? super AbortReason> listener) {
        Listener registered = new Listener(this, listener);
        if (!add(registered)) {
            registered.run();
        }
        return registered;
    }

    /** Aborts: true when this was the first abort of this signal. */
    public final boolean abort(AbortReason why) {
        return abort(why, Listener::log);
    }

    /** Aborts at once, and tells the listeners by the executor: they may take their time. */
    final boolean abort(AbortReason why, Executor executor) {
        Marked marked = mark(why);
        if (marked.own().isEmpty()) {
            return false;
        }
        executor.execute(() -> tell(marked, Listener::log));
        return true;
    }

    /** Aborts at once, and leaves it to the caller to tell the listeners: by running what is returned. */
    final Runnable abortAndTellLater(AbortReason why, Consumer<Throwable> failures) {
        Marked marked = mark(why);
        return () -> tell(marked, failures);
    }

    /** Aborts, and hands what the listeners threw to the consumer. */
    final boolean abort(AbortReason why, Consumer<Throwable> failures) {
        Marked marked = mark(why);
        tell(marked, failures);
        return !marked.own().isEmpty();
    }

    private static void tell(Marked marked, Consumer<Throwable> failures) {
        for (AbortSource source : marked.own()) {
            source.tell(failures);
        }
        // Only when the listeners of all have run, those of dependents too, comes what must come last.
        for (AbortSource source : marked.own()) {
            source.told();
        }
        tellApart(marked.apart(), failures);
    }

    /**
     * Telling a call runs what its caller does next, and that may wait for another call of the same abort. So each hands the
     * others over to another thread before it is told itself.
     */
    private static void tellApart(Queue<Marked> calls, Consumer<Throwable> failures) {
        Marked call = calls.poll();
        if (call == null) {
            return;
        }
        if (!calls.isEmpty()) {
            Workers.shared().execute(() -> tellApart(calls, failures));
        }
        tell(call, failures);
    }

    /** Whether the condition holds for this signal or for one around it, directly or through others. */
    public final boolean isWithin(Predicate<? super AbortSource> condition) {
        // Work may be nested deeply, and signals may meet again further out.
        Set<AbortSource> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<AbortSignal> next = new ArrayDeque<>(List.of(this));
        for (AbortSignal signal = next.poll(); signal != null; signal = next.poll()) {
            if (signal instanceof AbortSource source && seen.add(source)) {
                if (condition.test(source)) {
                    return true;
                }
                next.addAll(source.around());
            }
        }
        return false;
    }

    /** Whether the work under this signal is what shutdown itself has to do: a cleanup, what is flushed, and all inside it. */
    public boolean settling() {
        return false;
    }

    static boolean settling(AbortSignal signal) {
        return signal instanceof AbortSource source && source.settling();
    }

    /** The signals of the work that this one's is part of, as long as both go on. */
    protected Collection<? extends AbortSignal> around() {
        return List.of();
    }

    /** More listeners than this on one signal look like a leak, and are logged once. */
    protected int manyListeners() {
        return MANY_LISTENERS;
    }

    /** How many listen, and how many signals hang on this one. */
    final synchronized int listenerCount() {
        return (this.listeners == null ? 0 : this.listeners.size())
                + (this.dependents == null ? 0 : this.dependents.size());
    }

    /** The same for those who only look, without the lock: the number may be a moment old. */
    public final int listening() {
        Chain<Listener> told = this.listeners;
        Chain<DependentLink> linked = this.dependents;
        return (told == null ? 0 : told.size()) + (linked == null ? 0 : linked.size());
    }

    private Marked mark(AbortReason why) {
        List<AbortSource> marked = new ArrayList<>(1);
        List<AbortSource> apart = new ArrayList<>(0);
        ArrayDeque<AbortSource> next = new ArrayDeque<>(2);
        for (AbortSource source = this; source != null; source = next.poll()) {
            synchronized (source) {
                if (source.reason != null) {
                    continue;
                }
                source.reason = why;
                marked.add(source);
                if (source.dependents != null) {
                    // One by one, so that a dependent somebody keeps does not keep the others through their links.
                    for (DependentLink link = source.dependents.poll(); link != null; link = source.dependents.poll()) {
                        AbortSource dependent = link.dependent();
                        if (dependent != null) {
                            (dependent.standsApart() ? apart : next).add(dependent);
                        }
                    }
                    source.dependents = null;
                }
            }
        }
        Queue<Marked> calls = new ConcurrentLinkedQueue<>();
        for (AbortSource dependent : apart) {
            Marked call = dependent.mark(why);
            if (!call.own().isEmpty()) {
                calls.add(call);
            }
        }
        return new Marked(marked, calls);
    }

    /** What an abort has marked: told one after another, and the calls among it, each told by itself. */
    private record Marked(List<AbortSource> own, Queue<Marked> apart) {}

    /** Whether this is the signal of a call, whose caller goes on when it is told, as long as it likes. */
    protected boolean standsApart() {
        return false;
    }

    /** Takes one listener after another, so that a listener may still remove those behind it. */
    private void tell(Consumer<Throwable> failures) {
        for (Listener listener = poll(); listener != null; listener = poll()) {
            listener.run(failures);
        }
    }

    /** Every listener of this signal, and of those that depend on it, has been told: for what must come last. */
    protected void told() {}

    private synchronized @Nullable Listener poll() {
        return (this.listeners == null) ? null : this.listeners.poll();
    }

    private boolean add(Listener listener) {
        int count;
        synchronized (this) {
            if (this.reason != null) {
                return false;
            }
            if (this.listeners == null) {
                this.listeners = new Chain<>();
            }
            this.listeners.add(listener);
            count = this.listeners.size();
            interest();
            if (count <= manyListeners() || this.warned) {
                return true;
            }
            this.warned = true;
        }
        LOG.log(Level.WARNING, "{0} listeners on one signal: is {1} never removed?", count, listener.consumer);
        return true;
    }

    final synchronized boolean remove(Listener listener) {
        if (this.listeners == null || !this.listeners.remove(listener)) {
            return false;
        }
        interest();
        return true;
    }

    private void interest() {
        listenedTo(listenerCount() > 0);
    }

    /**
     * Somebody listens now, or nobody does any more; called under the lock of this signal. A signal that is held weakly
     * becomes strongly held while somebody listens.
     */
    void listenedTo(boolean listened) {}

    /** Makes the dependent abort with this signal; false when this signal has aborted, and the caller must see to it. */
    final boolean link(DependentLink link) {
        synchronized (this) {
            if (this.reason != null) {
                return false;
            }
            if (this.dependents == null) {
                this.dependents = new Chain<>();
            }
            this.dependents.add(link);
            interest();
            return true;
        }
    }

    final synchronized void unlink(DependentLink link) {
        if (this.dependents != null && this.dependents.remove(link)) {
            interest();
        }
    }

    @Override
    public String toString() {
        AbortReason why = this.reason;
        return "AbortSignal[" + (why == null ? "open" : why.kind() + ": " + why.message()) + "]";
    }

    /** A source inside other signals. */
    public static class Child extends AbortSource {

        private final List<Tie> ties = new ArrayList<>(1);
        private final boolean settling;

        /** Follows its parents, and has the nearest deadline of them. */
        protected Child(AbortSignal parent, AbortSignal other) {
            super(Deadline.nearer(Deadline.of(parent), Deadline.of(other)));
            this.settling = settling(parent) || settling(other);
            follow(parent);
            if (other != parent) {
                follow(other);
            }
        }

        Child(AbortSignal parent, @Nullable Deadline deadline) {
            super(deadline);
            this.settling = settling(parent);
            follow(parent);
        }

        private void follow(AbortSignal parent) {
            if (parent == AbortSignal.never()) {
                return;
            }
            Tie tie = new Tie(parent, new DependentLink.Strong(this));
            // Race: an abort may come while the ties are made; each is in the list before it can be needed.
            synchronized (this) {
                this.ties.add(tie);
            }
            tie.make();
        }

        @Override
        public boolean settling() {
            return this.settling;
        }

        @Override
        protected final synchronized Collection<AbortSignal> around() {
            return this.ties.stream().map(Tie::parent).toList();
        }

        /** Ends the ties to the parents: a long-lived one keeps nothing of a finished call. */
        public final void close() {
            List<Tie> all;
            synchronized (this) {
                all = List.copyOf(this.ties);
                this.ties.clear();
            }
            all.forEach(Tie::cut);
        }
    }
}
