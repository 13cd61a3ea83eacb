package dev.settle.abort;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A set of cleanups and running work that is aborted together. */
public interface AbortGroup {

    /** Flips at this group's turn; until then its work may use what later groups hold. */
    AbortSignal signal();

    /** What the group is called in reports. */
    String name();

    /**
     * Registers a cleanup: it is started at this group's turn, together with the group's others, and waited for. It
     * always runs: when the group has settled already, it runs at once and is reported {@code LATE}.
     */
    Registration onAbort(String name, AsyncCleanup cleanup);

    /**
     * Registers a cleanup with a limit of its own. The limits of group, phase and the whole abort hold as well.
     *
     * @param limit how long the cleanup may take; must be positive
     */
    Registration onAbort(String name, Duration limit, AsyncCleanup cleanup);

    /** Closes the resource at this group's turn, on a thread of its own. */
    Registration closeOnAbort(String name, AutoCloseable resource);

    /**
     * Runs an operation and keeps track of it. Its signal aborts at this group's turn and when the caller cancels the
     * returned future; the group settles only when the operation has ended.
     *
     * @return the operation's outcome; fails with {@link dev.settle.CallRejectedException} ({@code CLOSED}) while
     *     draining and from this group's turn on
     */
    <T> CompletableFuture<T> track(String name, Function<AbortSignal, ? extends CompletionStage<T>> operation);

    /** A group of the same phase that settles after this one: priority + 1. */
    AbortGroup nextGroup();

    /** A group of the same phase that settles after this one: priority + 1. */
    AbortGroup nextGroup(String name);

    /** The phase of Spring's lifecycle in which this group settles; higher phases settle first. */
    int phase();

    /** The order among the groups of a phase, from zero up. */
    int priority();

    /** Aborts as {@link #abortAsync(AbortReason)} does, with a reason of kind {@code APPLICATION}. */
    CompletableFuture<AbortReport> abortAsync();

    /**
     * Aborts this group, then the groups made from it, in order. The future completes, never exceptionally, when all
     * have settled. Every caller gets a future of the same settlement; the first reason wins.
     */
    CompletableFuture<AbortReport> abortAsync(AbortReason reason);

    /** As {@link #abortAsync(AbortReason)}, but for at most the given time; a repeated call can only shorten it. */
    CompletableFuture<AbortReport> abortAsync(AbortReason reason, Duration limit);

    /** What has settled, what is pending and for how long; may be asked at any time. */
    AbortReport report();
}
