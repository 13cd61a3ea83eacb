package dev.settle.comparison;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A library, used as its documentation recommends. Each method makes a new rule; what a library does not have, it says by
 * {@link NotOffered}.
 */
public interface Library extends AutoCloseable {

    /** Three retries, always that long after the failure. */
    Rule retry(Duration delay);

    /** The same on a method declared {@code CompletionStage}. */
    default Rule retryStage(Duration delay) {
        return retry(delay);
    }

    /** The same, where it is essential that attempts have the caller's context. */
    default Rule retryInContext(Duration delay) {
        return retry(delay);
    }

    /** Three immediate retries of the failures that are chosen. */
    Rule retryIf(Predicate<Throwable> retryable);

    /** Three immediate retries of that value. */
    default Rule retryOf(String value) {
        throw new NotOffered("Only failures are retried.");
    }

    /** Three retries with that delay, and a time for the whole call. */
    default Rule retryWithin(Duration delay, Duration total) {
        throw new NotOffered("No time limit for all attempts together.");
    }

    /** A time limit. */
    default Rule timeout(Duration limit) {
        throw new NotOffered("No time limit for a call.");
    }

    /** A time limit, with something by which the work sees that it was given up. */
    default Rule.Telling tellingTimeout(Duration limit) {
        throw new NotOffered("The work is given nothing to look at.");
    }

    /** A time limit for a synchronous method. */
    default Rule.Sync syncTimeout(Duration limit) {
        throw new NotOffered("No time limit for a call.");
    }

    /** How many timers are armed. */
    default int timers() {
        throw new NotOffered("No timers.");
    }

    /** One at a time; waiting as long as that for the permit, or not at all when it is zero. */
    Rule limit(Duration maxWait);

    /** The same, where it is essential that nobody waits. */
    default Rule limitWithoutWait() {
        return limit(Duration.ZERO);
    }

    /** The same, where it is essential that the wait ends. */
    default Rule limitWithEndingWait(Duration maxWait) {
        return limit(maxWait);
    }

    /** The same for a synchronous method. */
    Rule.Sync syncLimit(Duration maxWait);

    /** The same, where it is essential that the wait ends. */
    default Rule.Sync syncLimitWithEndingWait(Duration maxWait) {
        return syncLimit(maxWait);
    }

    /** One start in that time; waiting as long as that for a turn. */
    default Rule rate(Duration window, Duration maxWait) {
        throw new NotOffered("No rate limit.");
    }

    /** The same, where it is essential that calls wait. */
    default Rule waitingRate(Duration window, Duration maxWait) {
        return rate(window, maxWait);
    }

    /** When a refusal by the rate limit says to come again. */
    default Duration retryAfter(Throwable refusal) {
        throw new NotOffered("The refusal carries no time.");
    }

    /** Five starts in that time, as strictly as the library can count; waiting as long as that for a turn. */
    default Rule rateOfFive(Duration window, Duration maxWait) {
        throw new NotOffered("No rate limit.");
    }

    /** A time limit outside, one permit inside, no wait for it; work that goes on is to keep its permit. */
    default Rule timeoutAroundLimit(Duration limit) {
        throw new NotOffered("No time limit for a call.");
    }

    /** Three retries outside, one permit inside, no wait for it. */
    Rule retryAroundLimit(Duration delay);

    /** One at a time, for calls that may call themselves. */
    default Rule mutex() {
        return limit(Duration.ofSeconds(30));
    }

    /** One at a time for each of the keys. */
    default Rule.Keyed locks() {
        throw new NotOffered("No locks by key.");
    }

    /** Runs once after a pause in the calls. */
    default Rule.WithArgument debounce(Duration quiet) {
        throw new NotOffered("No debounce.");
    }

    /** One run in that time, shared by the calls beyond it. */
    default Rule.WithArgument sharedThrottle(Duration window) {
        throw new NotOffered("No throttle that shares runs.");
    }

    /** A retry in an application that {@link #close()} shuts down. */
    default Rule retryInApplication(Duration delay) {
        return retry(delay);
    }

    /** A limit in an application that {@link #close()} shuts down. */
    default Rule limitInApplication(Duration maxWait) {
        return limit(maxWait);
    }

    /** An application with asynchronous cleanups, one after the other, each given a second. */
    default void cleanups(List<Supplier<CompletionStage<?>>> inOrder) {
        throw new NotOffered("No shutdown of its own.");
    }

    /** Applications, or rules, with a number that cannot be. */
    List<Mistake> impossibleNumbers();

    /** Applications with an annotation on a method where it can have no effect. */
    default List<Mistake> misplacedAnnotations() {
        throw new NotOffered("No annotations without a CDI container.");
    }

    /** Makes a prototype bean with a limited method, calls it once, and returns the bean. */
    default Supplier<Object> prototypes() {
        throw new NotOffered("No beans.");
    }

    /** Shuts down, as an application does that stops. */
    @Override
    void close() throws Exception;
}
