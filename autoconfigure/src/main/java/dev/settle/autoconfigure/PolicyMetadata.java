package dev.settle.autoconfigure;

import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What editors complete in {@code application.yml}; never bound and never a bean, because settings are read one by one
 * against the annotations, whose attributes these are.
 *
 * @param defaults What is said of all methods, where their annotations say nothing.
 * @param policies What is said of the methods of a name; it counts more than their annotations.
 */
@ConfigurationProperties("settle")
record PolicyMetadata(Policies defaults, Map<String, Policies> policies) {

    /** The policies, outermost first. */
    record Policies(
            DebouncePolicy debounce,
            TimeoutPolicy timeout,
            RetryPolicy retry,
            ThrottlePolicy throttle,
            ExclusivePolicy exclusive,
            BulkheadPolicy bulkhead) {}

    /**
     * See {@link Debounce}.
     *
     * @param enabled Whether the policy is switched on.
     * @param value Quiet period. Zero collects the calls of one moment. Annotations always say it: set it for a name.
     * @param maxWait Longest time that a steady stream of calls may postpone the run. Empty is for ever.
     * @param leading Whether the first call of a burst runs at once.
     * @param trailing Whether the burst runs at its end. After a leading run only if there were further calls.
     * @param superseded What callers get whose arguments are not used.
     * @param running What a run does that is due while the one before is still going on.
     * @param onShutdown What happens at shutdown to what is pending.
     * @param key Key, as SpEL over the arguments. Empty is one window for the method.
     * @param maxKeys How many keys may be in use at the same time.
     */
    record DebouncePolicy(
            @DefaultValue("true") boolean enabled,
            @Nullable Duration value,
            @Nullable Duration maxWait,
            @DefaultValue("false") boolean leading,
            @DefaultValue("true") boolean trailing,
            @DefaultValue("share") Debounce.Superseded superseded,
            @DefaultValue("overlap") Debounce.Running running,
            @DefaultValue("flush") Debounce.OnShutdown onShutdown,
            @Nullable String key,
            @DefaultValue("1000000") int maxKeys) {}

    /**
     * See {@link dev.settle.annotation.Timeout}.
     *
     * @param enabled Whether the policy is switched on.
     * @param value Limit of each attempt. Annotations always say it: set it for a name.
     * @param total Limit of the whole call, retries and their delays included. Annotations of that scope always say it: set
     * it for a name, also where the annotation only limits attempts.
     * @param cancel Whether the future that the method returned is cancelled, or its thread interrupted.
     */
    record TimeoutPolicy(
            @DefaultValue("true") boolean enabled,
            @Nullable Duration value,
            @Nullable Duration total,
            @DefaultValue("true") boolean cancel) {}

    /**
     * See {@link Retry}.
     *
     * @param enabled Whether the policy is switched on.
     * @param maxRetries Attempts after the first. Zero is none.
     * @param delay First delay. Zero is none.
     * @param multiplier What each delay is multiplied with for the next. At least 1.
     * @param maxDelay Longest delay.
     * @param jitter How the delays are spread.
     * @param maxDuration Longest time from the first attempt on, delays included. Empty is none.
     * @param includes Only these failures are retried. Causes are looked through. Empty is all.
     * @param excludes These failures are not retried, even when included. Causes are looked through.
     * @param predicate Bean or class, a Predicate, that decides on the failure after includes and excludes.
     * @param retryOnResult Bean or class, a Predicate, that says which values count as failures.
     * @param retryAfter Bean or class, a Function, that reads from the failure how long the server wants us to wait.
     * @param budget Name of a retry budget that several methods share. Empty is none.
     */
    record RetryPolicy(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("3") int maxRetries,
            @DefaultValue("200ms") Duration delay,
            @DefaultValue("2.0") double multiplier,
            @DefaultValue("10s") Duration maxDelay,
            @DefaultValue("full") Retry.Jitter jitter,
            @Nullable Duration maxDuration,
            @Nullable List<Class<? extends Throwable>> includes,
            @Nullable List<Class<? extends Throwable>> excludes,
            @Nullable String predicate,
            @Nullable String retryOnResult,
            @Nullable String retryAfter,
            @Nullable String budget) {}

    /**
     * See {@link Throttle}.
     *
     * @param enabled Whether the policy is switched on.
     * @param limit How many calls may start in a window. At least 1.
     * @param window Length of the window.
     * @param type How starts are counted.
     * @param burst How many may start together after a pause, for the smooth type. At least 1.
     * @param excess What becomes of the calls beyond the limit.
     * @param maxWait Longest wait. Zero refuses at once.
     * @param queueCapacity How many calls may wait for each key. Zero refuses at once.
     * @param key Key, as SpEL over the arguments. Empty is one limit for the method.
     * @param maxKeys How many keys may be in use at the same time.
     * @param scope Whether this instance alone counts, or all instances of the application together.
     */
    record ThrottlePolicy(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("1") int limit,
            @DefaultValue("1s") Duration window,
            @DefaultValue("sliding") Throttle.Type type,
            @DefaultValue("1") int burst,
            @DefaultValue("wait") Throttle.Excess excess,
            @DefaultValue("30s") Duration maxWait,
            @DefaultValue("1000") int queueCapacity,
            @Nullable String key,
            @DefaultValue("1000000") int maxKeys,
            @DefaultValue("local") Scope scope) {}

    /**
     * See {@link Exclusive}.
     *
     * @param enabled Whether the policy is switched on.
     * @param key Key, as SpEL over the arguments. A collection locks all its elements. Empty is one lock for the method.
     * @param onConflict What a call does that finds its key taken.
     * @param maxWait Longest wait. Zero refuses at once.
     * @param queueCapacity How many calls may wait for each key. Zero refuses at once.
     * @param maxKeys How many keys may be in use at the same time.
     * @param scope Whether this instance alone counts, or all instances of the application together.
     */
    record ExclusivePolicy(
            @DefaultValue("true") boolean enabled,
            @Nullable String key,
            @DefaultValue("wait") Exclusive.OnConflict onConflict,
            @DefaultValue("30s") Duration maxWait,
            @DefaultValue("1000") int queueCapacity,
            @DefaultValue("1000000") int maxKeys,
            @DefaultValue("local") Scope scope) {}

    /**
     * See {@link dev.settle.annotation.Bulkhead}.
     *
     * @param enabled Whether the policy is switched on.
     * @param value How many calls may run at once. At least 1. Annotations always say it: set it for a name.
     * @param maxWait Longest wait. Zero refuses at once.
     * @param queueCapacity How many calls may wait for each key. Zero refuses at once.
     * @param key Key, as SpEL over the arguments. Empty is one limit for the method.
     * @param maxKeys How many keys may be in use at the same time.
     * @param scope Whether this instance alone counts, or all instances of the application together.
     */
    record BulkheadPolicy(
            @DefaultValue("true") boolean enabled,
            @Nullable Integer value,
            @DefaultValue("30s") Duration maxWait,
            @DefaultValue("1000") int queueCapacity,
            @Nullable String key,
            @DefaultValue("1000000") int maxKeys,
            @DefaultValue("local") Scope scope) {}
}
