package dev.settle.benchmark;

import static dev.settle.benchmark.Goal.atLeast;
import static dev.settle.benchmark.Goal.atMost;
import static dev.settle.benchmark.Goal.ratio;

import dev.settle.benchmark.Goal.Term;
import dev.settle.benchmark.live.LiveGroup;
import java.util.stream.Stream;

/** The goals of the groups that are measured process by process. */
final class ProcessGoals {

    private static final String UNUSED = "Settle, no bean uses it";
    private static final String USED = "Settle, four annotations per method";
    private static final String SPRING = "Spring @EnableResilientMethods, two per method";
    private static final String STARTER = "Resilience4j, four annotations per method";
    private static final String RETRY = "Settle @Retry";
    private static final String SERVICE = "Settle @Retry, @Timeout";
    private static final String WAITING = "held per waiting call";
    private static final String STORM = "10,000 calls, two backoffs of 50 ms";

    private ProcessGoals() {}

    static Stream<Goal> all() {
        return Stream.of(startup(), storm(), shutdown(), livePage()).flatMap(goals -> goals);
    }

    private static Stream<Goal> startup() {
        return Stream.of(
                atMost(
                        "E",
                        "processor time added where no bean uses it, ms",
                        added("processor time until ready", UNUSED, Unit.MILLIS),
                        30),
                atMost("E", "classes added where no bean uses it", added("classes", UNUSED, Unit.COUNT), 50),
                started("ready", Unit.MILLIS, 1, SPRING),
                started("ready", Unit.MILLIS, 0.25, STARTER),
                started("heap after collection", Unit.MEGABYTES, 0.333, STARTER),
                started("metaspace", Unit.MEGABYTES, 0.333, STARTER),
                started("first 20 calls", Unit.MILLIS, 0.2, STARTER));
    }

    private static Term added(String what, String subject, String unit) {
        return new Term("added: " + what, subject, unit);
    }

    private static Goal started(String what, String unit, double bound, String other) {
        return ratio("E", "added, " + what + " / " + other, added(what, USED, unit), bound, added(what, other, unit));
    }

    private static Stream<Goal> storm() {
        Term wall = new Term(STORM, RETRY, Unit.MILLIS);
        Term live = new Term(WAITING, RETRY, Unit.LIVE);
        return Stream.of(
                atMost("F", "wall, of which 100 ms are backoff, ms", wall, 115),
                atMost("F", "extra threads", new Term("extra threads", RETRY, Unit.COUNT), 1),
                atMost("F", "held per waiting call, B", live, 250),
                ratio("F", "wall / Reactor retryWhen", wall, 0.9, new Term(STORM, "Reactor retryWhen", Unit.MILLIS)),
                ratio(
                        "F",
                        "held per waiting call / Resilience4j",
                        live,
                        0.4,
                        new Term(WAITING, "Resilience4j @Retry", Unit.LIVE)),
                ratio(
                        "F",
                        "held per waiting call / Reactor",
                        live,
                        0.1,
                        new Term(WAITING, "Reactor retryWhen", Unit.LIVE)));
    }

    private static Stream<Goal> shutdown() {
        String reply = "a reply that takes 300 ms";
        return Stream.concat(
                Stream.of(
                        atLeast("G", reply + ": answered of 1,000", closed(reply, "answered when it returned"), 1000),
                        atMost(
                                "G",
                                reply + ": close(), ms",
                                new Term(reply + ": close() took", SERVICE, Unit.MILLIS),
                                330)),
                Stream.of(reply, "a backoff of 300 ms", "three backoffs of 100 ms", "a backoff of 8 s")
                        .flatMap(work -> Stream.of("pending when it returned", "uses of a destroyed bean")
                                .map(what -> atMost("G", work + ": " + what, closed(work, what), 0))));
    }

    private static Term closed(String work, String what) {
        return new Term(work + ": " + what, SERVICE, Unit.COUNT);
    }

    private static Stream<Goal> livePage() {
        return Stream.of("one thread", "two threads")
                .map(LiveGroup.SCENARIO::formatted)
                .map(calls -> atMost(
                        "live",
                        calls + ": fewer with the page open, %",
                        new Term(calls + ": fewer with the page open", LiveGroup.SUBJECT, Unit.PERCENT),
                        2));
    }
}
