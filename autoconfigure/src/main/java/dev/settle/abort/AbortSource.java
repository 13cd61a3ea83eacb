package dev.settle.abort;

import dev.settle.AbortedException;
import dev.settle.CallPhase;
import dev.settle.CallTimeoutException;
import dev.settle.DeadlineExceededException;
import dev.settle.SupersededException;
import dev.settle.queue.Chain;
import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The switch behind one signal.
 *
 * <p>{@link #abort} first marks this signal and everything that depends on it, and only then tells the listeners, so
 * that no listener ever sees a dependent still open (WHATWG DOM, "signal abort"). Listeners run outside the lock.
 *
 * <p>There are several of these for each call, so each is an object without others around it: it is its own link to the one
 * it depends on, and has lists only once there is something in them.
 */
public class AbortSource extends DependentLink implements AbortSignal {

    private static final int MANY_LISTENERS = 10_000;

    @SuppressWarnings("rawtypes")
    private static final AtomicReferenceFieldUpdater<AbortSource, @Nullable Consumer> RUNNING =
            AtomicReferenceFieldUpdater.newUpdater(AbortSource.class, Consumer.class, "running");

    private static final AtomicReferenceFieldUpdater<AbortSource, @Nullable DependentLink> ONLY =
            AtomicReferenceFieldUpdater.newUpdater(AbortSource.class, DependentLink.class, "only");

    private volatile @Nullable AbortReason reason;

    @SuppressWarnings("rawtypes") // the updater knows no type parameters
    private volatile @Nullable Consumer running;

    /** The place for one dependent, which needs no list and no lock. */
    private volatile @Nullable DependentLink only;

    // Guarded by this.
    private @Nullable Chain<Listener> listeners;
    private @Nullable Chain<DependentLink> dependents;
    private boolean warned;

    /** A source that somebody aborts. */
    public AbortSource() {}

    /** A source that a timer aborts. */
    static AbortSource timeout(TimeSource time, long limitNanos) {
        AbortSource source = new TimedSource(Deadline.in(time, limitNanos));
        if (limitNanos <= 0) {
            source.abort(timedOut("The signal", 0, 0));
        } else {
            // The timer holds the signal: it ends by itself, and somebody may listen who holds nothing else.
            time.schedule(limitNanos, () -> source.abort(timedOut("The signal", limitNanos, limitNanos)));
        }
        return source;
    }

    /**
     * A source for a piece of work inside another: it aborts with the parent, for the same reason, and has its deadline. The
     * caller ends the link with {@link ChildSource#close()} when the work is done.
     */
    public static ChildSource child(AbortSignal parent) {
        return new ChildSource(parent);
    }

    @Override
    public final boolean aborted() {
        return this.reason != null;
    }

    /** Why it has aborted; null while it is open. */
    public final @Nullable AbortReason why() {
        return this.reason;
    }

    @Override
    final AbortSource dependent() {
        return this;
    }

    @Override
    public final Optional<AbortReason> reason() {
        return Optional.ofNullable(this.reason);
    }

    @Override
    public final void throwIfAborted() {
        AbortReason why = this.reason;
        if (why != null) {
            RuntimeException aborted = exception(why);
            aborted.setStackTrace(new Throwable().getStackTrace());
            throw aborted;
        }
    }

    /** A new exception that tells of the reason, without a stack trace. */
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

    /** The moment at which this aborts by itself; null if there is none. */
    @Nullable
    Deadline deadline() {
        return null;
    }

    @Override
    public final Registration onAbort(Consumer<? super AbortReason> listener) {
        Listener registered = new Listener(this, listener);
        if (!add(registered)) {
            registered.run();
        }
        return registered;
    }

    /**
     * What goes on under this signal from now on is told first when it aborts, and at once if it has: the attempt that runs,
     * or the wait before it. This is a listener that costs nothing, because there is a place for one; those that come while
     * it is taken are listeners like others. It may be told twice.
     *
     * <p>Race: an abort may come at the same time. One leaves its word first, and then asks for the reason; an abort first
     * gives the reason, and then looks who is here.
     *
     * @return the registration of one that found the place taken, or null
     */
    public final @Nullable Registration runs(Consumer<? super AbortReason> work) {
        if (countsInterest() || !RUNNING.compareAndSet(this, null, work)) {
            return onAbort(work);
        }
        AbortReason why = this.reason;
        if (why != null) {
            work.accept(why);
        }
        return null;
    }

    /**
     * It goes on no longer. Race: two may say so of the same work, and the place be another one's by the time the second
     * does.
     */
    public final void ran(Consumer<? super AbortReason> work, @Nullable Registration registration) {
        if (registration != null) {
            registration.remove();
        } else {
            RUNNING.compareAndSet(this, work, null);
        }
    }

    /** Aborts: true when this was the first abort of this signal. */
    public final boolean abort(AbortReason why) {
        return abort(why, Listener::log);
    }

    /** Aborts at once, and tells the listeners by the executor: they may take their time. */
    final boolean abort(AbortReason why, Executor executor) {
        Marked marked = Marked.of(this, why);
        if (marked.own().isEmpty()) {
            return false;
        }
        executor.execute(() -> marked.tell(Listener::log));
        return true;
    }

    /** Aborts at once, and leaves it to the caller to tell the listeners: by running what is returned. */
    final Runnable abortAndTellLater(AbortReason why, Consumer<Throwable> failures) {
        Marked marked = Marked.of(this, why);
        return () -> marked.tell(failures);
    }

    /** Aborts, and hands what the listeners threw to the consumer. */
    final boolean abort(AbortReason why, Consumer<Throwable> failures) {
        Marked marked = Marked.of(this, why);
        marked.tell(failures);
        return !marked.own().isEmpty();
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
        return listening();
    }

    /** The same for those who only look, without the lock: the number may be a moment old. */
    public final int listening() {
        Chain<Listener> told = this.listeners;
        Chain<DependentLink> linked = this.dependents;
        return (told == null ? 0 : told.size())
                + (linked == null ? 0 : linked.size())
                + (this.only == null ? 0 : 1)
                + (this.running == null ? 0 : 1);
    }

    /** Marks this one alone, and hands out what depends on it; false when it has been marked before. */
    final synchronized boolean mark(AbortReason why, Consumer<AbortSource> dependents) {
        if (this.reason != null) {
            return false;
        }
        this.reason = why;
        DependentLink one = ONLY.getAndSet(this, null);
        if (one != null) {
            hand(one, dependents);
        }
        if (this.dependents != null) {
            // One by one, so that a dependent somebody keeps does not keep the others through their links.
            for (DependentLink link = this.dependents.poll(); link != null; link = this.dependents.poll()) {
                hand(link, dependents);
            }
            this.dependents = null;
        }
        return true;
    }

    private static void hand(DependentLink link, Consumer<AbortSource> dependents) {
        AbortSource dependent = link.dependent();
        if (dependent != null) {
            dependents.accept(dependent);
        }
    }

    /** Whether this is the signal of a call, whose caller goes on when it is told, as long as it likes. */
    protected boolean standsApart() {
        return false;
    }

    /** Takes one listener after another, so that a listener may still remove those behind it. */
    final void tell(Consumer<Throwable> failures) {
        tellRunning(failures);
        for (Listener listener = poll(); listener != null; listener = poll()) {
            listener.run(failures);
        }
    }

    @SuppressWarnings("unchecked") // only runs() puts it there
    private void tellRunning(Consumer<Throwable> failures) {
        Consumer<AbortReason> work = this.running;
        AbortReason why = this.reason;
        if (work != null && why != null) {
            Listener.run(work, why, failures);
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
        System.getLogger(AbortSource.class.getName())
                .log(Level.WARNING, "{0} listeners on one signal: is {1} never removed?", count, listener.consumer);
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

    /** Whether it matters if somebody listens: then {@link #listenedTo} is told. */
    boolean countsInterest() {
        return false;
    }

    /**
     * Somebody listens now, or nobody does any more; called under the lock of this signal. A signal that is held weakly
     * becomes strongly held while somebody listens.
     */
    void listenedTo(boolean listened) {}

    /**
     * Makes the dependent abort with this signal; false when this signal has aborted, and the caller must see to it.
     *
     * <p>Race: an abort may come while the place for one is taken without the lock. It first says why, and then looks there;
     * here it is the other way round. Whoever takes the link out sees to the dependent.
     */
    final boolean link(DependentLink link) {
        if (!countsInterest() && ONLY.compareAndSet(this, null, link)) {
            return this.reason == null || !ONLY.compareAndSet(this, link, null);
        }
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

    /** Makes the dependent abort with this signal, or now when this has aborted. */
    final void tie(DependentLink link) {
        AbortSource dependent = link.dependent();
        if (!link(link) && dependent != null) {
            reason().ifPresent(dependent::abort);
        }
    }

    final void unlink(DependentLink link) {
        if (!ONLY.compareAndSet(this, link, null)) {
            unlinkFromMany(link);
        }
    }

    private synchronized void unlinkFromMany(DependentLink link) {
        if (this.dependents != null && this.dependents.remove(link)) {
            interest();
        }
    }

    @Override
    public String toString() {
        AbortReason why = this.reason;
        return "AbortSignal[" + (why == null ? "open" : why.kind() + ": " + why.message()) + "]";
    }
}
