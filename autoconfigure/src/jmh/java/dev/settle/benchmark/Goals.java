package dev.settle.benchmark;

import static dev.settle.benchmark.Goal.atLeast;
import static dev.settle.benchmark.Goal.atMost;
import static dev.settle.benchmark.Goal.ratio;

import dev.settle.benchmark.Goal.Term;
import java.util.List;
import java.util.stream.Stream;

/** What the project wants to reach, all in one place. Of bytes, less than one for a hundred calls is none. */
final class Goals {

    private static final String SETTLE = "Settle";
    private static final String RESILIENCE4J = "Resilience4j";
    private static final String EXECUTOR = "ScheduledThreadPoolExecutor";
    private static final String PROXY = "limit: proxy, no-op interceptor";
    private static final double NONE = 0.01;

    static final List<Goal> ALL = Stream.of(
                    Stream.of("retry", "bulkhead", "timeout", "throttle").flatMap(Goals::oneFeature),
                    allFeatures(),
                    timers(),
                    debounce(),
                    permits(),
                    waiters(),
                    rates(),
                    keys(),
                    cluster(),
                    ProcessGoals.all())
            .flatMap(goals -> goals)
            .toList();

    private Goals() {}

    private static Term nanos(String scenario, String subject) {
        return new Term(scenario, subject, Unit.NANOS);
    }

    private static Term allocated(String scenario, String subject) {
        return new Term(scenario, subject, Unit.ALLOCATED);
    }

    private static Term live(String scenario, String subject) {
        return new Term(scenario, subject, Unit.LIVE);
    }

    private static Goal nanos(String group, String scenario, double bound, String other) {
        return ratio(group, scenario + " / " + other, nanos(scenario, SETTLE), bound, nanos(scenario, other));
    }

    private static Goal nanos(String group, String scenario, double bound) {
        return atMost(group, scenario + ", ns", nanos(scenario, SETTLE), bound);
    }

    private static Goal bytes(String group, String scenario, double bound) {
        return atMost(group, scenario + ", B a call", allocated(scenario, SETTLE), bound);
    }

    private static Stream<Goal> oneFeature(String feature) {
        String scenario = feature + ", completed";
        Stream<Goal> goals = Stream.of(
                nanos("A", scenario, 2, PROXY), bytes("A", scenario, 200), nanos("A", scenario, 0.1, RESILIENCE4J));
        return feature.equals("retry") ? Stream.concat(goals, Stream.of(nanos("A", scenario, 0.5, "Spring"))) : goals;
    }

    /** Pending: twice what a prototype needed, which is seven times what the proxy needs. */
    private static Stream<Goal> allFeatures() {
        String completed = "all, completed";
        String pending = "all, pending";
        return Stream.of(
                nanos("A", completed, 3, PROXY),
                bytes("A", completed, 256),
                nanos("A", completed, 1 / 20.0, RESILIENCE4J),
                allocatedOfPeer(completed, 1 / 12.0),
                nanos("A", pending, 7, PROXY),
                bytes("A", pending, 512),
                nanos("A", pending, 1 / 20.0, RESILIENCE4J),
                allocatedOfPeer(pending, 1 / 10.0));
    }

    private static Goal allocatedOfPeer(String scenario, double bound) {
        return ratio(
                "A",
                scenario + ", B a call / " + RESILIENCE4J,
                allocated(scenario, SETTLE),
                bound,
                allocated(scenario, RESILIENCE4J));
    }

    private static Stream<Goal> timers() {
        String none = "arm, disarm: 0 armed, 1 thr.";
        String some = "arm, disarm: 10,000 armed, 1 thr.";
        String many = "arm, disarm: 1,000,000 armed, 1 thr.";
        String two = "arm, disarm: 10,000 armed, 2 thr.";
        return Stream.of(
                nanos("B", some, 100),
                nanos("B", two, 200),
                bytes("B", some, 48),
                ratio("B", many + " / 0 armed", nanos(many, SETTLE), 1.5, nanos(none, SETTLE)),
                nanos("B", some, 0.5, EXECUTOR),
                nanos("B", two, 0.25, EXECUTOR),
                nanos("B", many, 0.25, EXECUTOR),
                nanos("B", many, 0.5, "ForkJoinPool.schedule"),
                atMost("B", "one disarmed timer, B kept", live("one disarmed timer", SETTLE), 1),
                late("spread: late, p99"),
                late("10,000 at once: late, p99"),
                never("spread: late, least"),
                never("10,000 at once: late, least"),
                atMost(
                        "B",
                        "processor use with nothing armed, %",
                        new Term("processor use, nothing armed", SETTLE, Unit.PERCENT),
                        0.1));
    }

    /** One tick of a millisecond, and half a millisecond. */
    private static Goal late(String what) {
        return atMost("B", "50 ms, " + what + ", ms", new Term("50 ms, " + what, SETTLE, Unit.MILLIS), 1.5);
    }

    private static Goal never(String what) {
        return atLeast(
                "B", "50 ms, " + what + ", ms (never early)", new Term("50 ms, " + what, SETTLE, Unit.MILLIS), 0);
    }

    private static Stream<Goal> debounce() {
        String scenario = "debounced call in a burst";
        return Stream.of(nanos("B", scenario, 30), bytes("B", scenario, NONE), nanos("B", scenario, 0.2, EXECUTOR));
    }

    private static Stream<Goal> permits() {
        String scenario = "1 thread";
        return Stream.of(
                nanos("C", scenario, 12),
                bytes("C", scenario, NONE),
                nanos("C", scenario, 0.75, "java.util.concurrent.Semaphore"),
                nanos("C", scenario, 0.75, RESILIENCE4J),
                nanos("C", scenario, 0.45, "Spring"));
    }

    private static Stream<Goal> waiters() {
        String live = "100,000 waiters: live, each";
        String lost = "100,000 waiters: never granted";
        return Stream.of(
                atMost("C", live + ", B", live(live, SETTLE), 140),
                nanos("C", "100,000 waiters: in and out", 100),
                atMost("C", lost, new Term(lost, SETTLE, Unit.COUNT), 0),
                ratio(
                        "C",
                        live + ", a whole call / Failsafe",
                        live(live, "Settle, a whole call"),
                        0.65,
                        live(live, "Failsafe, a whole execution")));
    }

    private static Stream<Goal> rates() {
        String granted = "granted, 1 thread";
        String refused = "refused, 1 thread";
        String clock = "limit: System.nanoTime";
        return Stream.of(
                nanos("D", granted, 1.4, clock),
                bytes("D", granted, NONE),
                nanos("D", refused, 1.2, clock),
                nanos("D", "granted, 2 threads", 1.5, RESILIENCE4J),
                nanos("D", granted, 0.75, "Failsafe, smooth"),
                nanos("D", granted, 0.75, "Guava"),
                nanos("D", refused, 0.75, "Failsafe, smooth"),
                nanos("D", refused, 0.75, "Guava"),
                nanos("D", refused, 1 / 3.0, RESILIENCE4J));
    }

    private static Stream<Goal> cluster() {
        String lock = "lock and unlock";
        return Stream.of(
                nanos("H", lock, 1.2, "Redisson, lock and unlock"),
                nanos("H", lock, 1.2, "Redisson, tryLockAsync and unlockAsync"));
    }

    private static Stream<Goal> keys() {
        String whole = "Settle, the whole call";
        String each = "1,000,000 keys: each";
        String call = "1,000,000 keys: a call";
        String idle = "100,000 idle keys: kept";
        return Stream.of(
                atMost("D", each + ", B", live(each, whole), 72),
                atMost("D", idle, new Term(idle, SETTLE, Unit.COUNT), 0),
                ratio("D", each + " / Resilience4j", live(each, whole), 0.2, live(each, RESILIENCE4J)),
                ratio("D", each + " / Guava", live(each, whole), 0.45, live(each, "Guava")),
                ratio("D", call + " / Guava", nanos(call, whole), 0.75, nanos(call, "Guava")),
                ratio("D", call + " / Resilience4j", nanos(call, whole), 0.6, nanos(call, RESILIENCE4J)));
    }
}
