package dev.settle.benchmark.interception;

import java.util.function.Supplier;

/** Who is between the caller and the method. */
public enum Variant {
    /** Nobody. */
    PLAIN("limit: plain call", Feature.ANY, () -> Subject.bare(Desk::new)),
    /** Spring's proxy. */
    NO_OP("limit: proxy, no-op interceptor", Feature.ANY, () -> Subject.bare(NoOp::desk)),

    SETTLE_RETRY("Settle", Feature.RETRY, settle(SettleDesks.Retried.class)),
    SETTLE_BULKHEAD("Settle", Feature.BULKHEAD, settle(SettleDesks.Limited.class)),
    SETTLE_TIMEOUT("Settle", Feature.TIMEOUT, settle(SettleDesks.Timed.class)),
    SETTLE_THROTTLE("Settle", Feature.THROTTLE, settle(SettleDesks.Throttled.class)),
    SETTLE_ALL("Settle", Feature.ALL, settle(SettleDesks.All.class)),
    SETTLE_FIVE("Settle, with @Exclusive", Feature.ALL, settle(SettleDesks.Five.class)),
    SETTLE_RETRY_METERED(
            "Settle + Micrometer, no observations",
            Feature.RETRY,
            () -> Subject.application(Applications.SettleMetered.class, SettleDesks.Retried.class)),
    SETTLE_RETRY_OBSERVED(
            "Settle + Micrometer",
            Feature.RETRY,
            () -> Subject.application(Applications.SettleObserved.class, SettleDesks.Retried.class)),
    SETTLE_ALL_METERED(
            "Settle + Micrometer, no observations",
            Feature.ALL,
            () -> Subject.application(Applications.SettleMetered.class, SettleDesks.All.class)),
    SETTLE_ALL_OBSERVED(
            "Settle + Micrometer",
            Feature.ALL,
            () -> Subject.application(Applications.SettleObserved.class, SettleDesks.All.class)),

    RESILIENCE4J_RETRY("Resilience4j", Feature.RETRY, resilience4j(Resilience4jDesks.Retried.class)),
    RESILIENCE4J_BULKHEAD("Resilience4j", Feature.BULKHEAD, resilience4j(Resilience4jDesks.Limited.class)),
    RESILIENCE4J_TIMEOUT("Resilience4j", Feature.TIMEOUT, resilience4j(Resilience4jDesks.Timed.class)),
    RESILIENCE4J_THROTTLE("Resilience4j", Feature.THROTTLE, resilience4j(Resilience4jDesks.Throttled.class)),
    RESILIENCE4J_ALL("Resilience4j", Feature.ALL, resilience4j(Resilience4jDesks.All.class)),

    SPRING_RETRY("Spring", Feature.RETRY, spring(SpringDesks.Retried.class)),
    SPRING_BULKHEAD("Spring", Feature.BULKHEAD, spring(SpringDesks.Limited.class)),
    SPRING_BOTH("Spring, both that it has", Feature.ALL, spring(SpringDesks.Both.class)),

    FAILSAFE_RETRY("Failsafe", Feature.RETRY, () -> Subject.bare(FailsafeDesk::retried)),
    FAILSAFE_BULKHEAD("Failsafe", Feature.BULKHEAD, () -> Subject.bare(FailsafeDesk::limited)),
    FAILSAFE_TIMEOUT("Failsafe", Feature.TIMEOUT, () -> Subject.bare(FailsafeDesk::timed)),
    FAILSAFE_ALL("Failsafe, without throttle", Feature.ALL, () -> Subject.bare(FailsafeDesk::all));

    private final String subject;
    private final Feature feature;
    private final Supplier<Subject> start;

    Variant(String subject, Feature feature, Supplier<Subject> start) {
        this.subject = subject;
        this.feature = feature;
        this.start = start;
    }

    private static Supplier<Subject> settle(Class<? extends Desk> bean) {
        return () -> Subject.application(Applications.Settle.class, bean);
    }

    private static Supplier<Subject> resilience4j(Class<? extends Desk> bean) {
        return () -> Subject.application(Applications.Resilience4j.class, bean, Resilience4jDesks.SETTINGS);
    }

    private static Supplier<Subject> spring(Class<? extends Desk> bean) {
        return () -> Subject.application(Applications.Spring.class, bean);
    }

    Subject start() {
        return this.start.get();
    }

    String subject() {
        return this.subject;
    }

    Feature feature() {
        return this.feature;
    }

    /** Whether it is measured twice: one annotation stands for the others. */
    boolean matters() {
        return switch (this.feature) {
            case ANY, RETRY, ALL -> true;
            default -> false;
        };
    }

    /** Whether a synchronous call means the same: Resilience4j has no time limit for it. */
    boolean hasSync() {
        return this != RESILIENCE4J_TIMEOUT;
    }
}
