package dev.settle.abort;

import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The root of all groups. It is itself the group of phase 0, priority 0; aborting it settles every group, higher phases
 * first. In a Spring Boot application it is a bean, and its groups settle in the phases of Spring's shutdown.
 */
public interface AsyncAbortController extends AbortGroup, AutoCloseable {

    /** A controller on Settle's own threads, each phase limited to 30 seconds. */
    static AsyncAbortController create() {
        return builder().build();
    }

    /** A controller with limits, or threads and time, of one's own. */
    static Builder builder() {
        return new ControllerBuilder();
    }

    /** The group that settles in the given phase of Spring's lifecycle: the same object each time. */
    AbortGroup phase(int phase);

    /** Aborts as soon as shutdown begins, before any group: for retry loops, pollers and streams. */
    AbortSignal shutdownRequested();

    /**
     * Says that shutdown has begun: {@link #shutdownRequested()} aborts, nothing else happens yet. Its listeners are told
     * on a thread of their own.
     *
     * @return false when it had begun already
     */
    boolean requestShutdown(AbortReason reason);

    /**
     * Settles every group of the given phase or above, in order, as one step of an abort of all; a driver calls it for
     * one phase after another.
     *
     * @param limit how long this step may take
     */
    CompletableFuture<AbortReport> settleDownTo(int phase, AbortReason reason, Duration limit);

    /**
     * Refuses new work and lets the running work go on.
     *
     * @return completes when no tracked work is running; fails with {@link dev.settle.AbortedException} when the
     *     controller is reopened before
     */
    CompletableFuture<Void> drainAsync();

    /** Takes new work again after {@link #drainAsync()}; does nothing once shutdown has begun. */
    void reopen();

    /** The phases that have groups which have not settled. */
    SortedSet<Integer> openPhases();

    /**
     * The groups, in the order in which they settle: those that have not settled, and those that the abort of all has come
     * to. May be asked at any time.
     *
     * @param most how many groups at most: those with something pending before others
     * @param mostEntries how many entries of each at most: those that are pending before others
     */
    GroupsReport groups(int most, int mostEntries);

    /** The work now tracked: what {@link #drainAsync()} waits for. */
    InFlight inFlight();

    /**
     * How many listeners and signals hang on the signals that live as long as the controller: a number that only grows is a
     * leak. Takes no lock.
     */
    long listening();

    /** Aborts with a reason of kind {@code SHUTDOWN}, and waits until all has settled or run out of time. */
    @Override
    void close();

    /** Builds a controller. */
    interface Builder {

        /** The clock and timers; default: the system's. */
        Builder time(TimeSource time);

        /** Runs the cleanups, a thread each; default: Settle's own threads. */
        Builder executor(Executor executor);

        /** How long a phase may take; default 30 s. */
        Builder phaseLimit(Duration limit);

        /** How long certain phases may take. */
        Builder phaseLimits(Map<Integer, Duration> limits);

        /** How long {@link AsyncAbortController#close()} may take in all; default as long as its phases. */
        Builder closeLimit(Duration limit);

        /** Is told what happens; default: failures and late ends are logged. */
        Builder listener(AbortListener listener);

        /** Builds the controller. */
        AsyncAbortController build();
    }
}
