package dev.settle.chaos;

import dev.settle.abort.AbortSignal;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All that there is in one round: the application, its clock, its calls, and what has been found out. */
final class World {

    static final String NAME = "chaos.method";
    static final ThreadLocal<String> CONTEXT = new ThreadLocal<>();

    private final Dice dice;
    private final VirtualTime time;
    private final long origin;
    private final Watchers watchers;
    private final Application application;
    private final UserCode userCode = new UserCode(this);
    private final Times times;
    private final Permits permits;
    private final List<Caller> callers = new ArrayList<>();
    private final List<Job> running = new ArrayList<>();
    private final Facts facts = new Facts();
    private final Jobs jobs = new Jobs(this);
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final Calling calling;
    private boolean draining;

    World(long seed, Flaw flaw) {
        this.dice = new Dice(seed);
        // Now and then the readings wrap around in the middle of the round.
        this.time = this.dice.chance(80)
                ? new VirtualTime()
                : new VirtualTime(Long.MAX_VALUE - this.dice.millis(0, 500).toNanos());
        this.origin = this.time.nanoTime();
        this.watchers = new Watchers(this);
        this.times = new Times(this);
        this.permits = new Permits(this);
        this.application = new Application(this, flaw);
        this.calling = new Calling(this);
        log("plan " + plan());
        Impossible.check(this, plan(), this.dice, flaw);
    }

    Dice dice() {
        return this.dice;
    }

    VirtualTime time() {
        return this.time;
    }

    /** Since the beginning of the round. */
    long now() {
        return this.time.nanoTime() - this.origin;
    }

    Application application() {
        return this.application;
    }

    Plan plan() {
        return this.application.plan();
    }

    Watchers watchers() {
        return this.watchers;
    }

    List<Caller> callers() {
        return this.callers;
    }

    List<Caller> pending() {
        return this.callers.stream().filter(caller -> !caller.settled).toList();
    }

    List<Job> running() {
        return this.running;
    }

    Calling calling() {
        return this.calling;
    }

    List<Finding> findings() {
        return this.findings;
    }

    List<String> story() {
        return this.log;
    }

    void broken(Law law, String what) {
        if (this.findings.size() < 20) {
            this.findings.add(new Finding(law, what));
        }
        log("BROKEN " + law + ": " + what);
    }

    void log(String what) {
        this.log.add(now() + " " + what);
    }

    /** From now on every method succeeds at once. */
    void drain() {
        this.draining = true;
    }

    boolean draining() {
        return this.draining;
    }

    /** Code of the user runs here and now, in the context of the caller, if one is given. */
    void userCode(String what, Caller caller) {
        this.userCode.runs(what, caller);
    }

    void begun(Job job) {
        if (AbortSignal.current() != job.signal()) {
            broken(Law.CONTEXT_TRAVELS, "the current signal is not that of the attempt of " + job.caller());
        }
        if (job.caller().settled && !job.caller().byItself && !plan().shares()) {
            broken(Law.OWN_FUTURE, "an attempt begins for " + job.caller() + ", which is over");
        }
        this.permits.begun(job);
        this.running.add(job);
    }

    void ended(Job job) {
        this.running.remove(job);
        log("end of " + job.caller());
    }

    Permits permits() {
        return this.permits;
    }

    Times times() {
        return this.times;
    }

    Jobs jobs() {
        return this.jobs;
    }

    Facts facts() {
        return this.facts;
    }

    void advance(Duration step) {
        this.time.advance(step);
    }
}
