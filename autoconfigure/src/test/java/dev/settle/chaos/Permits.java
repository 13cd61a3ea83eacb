package dev.settle.chaos;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The laws of permits, locks and lines: what is held, who waits, which keys are in use. */
final class Permits {

    private final World world;

    Permits(World world) {
        this.world = world;
    }

    /** The method is about to run once more; those that run already are known. */
    void begun(Job job) {
        Plan plan = this.world.plan();
        if (plan.bulkhead != null) {
            long others = this.world.running().stream()
                    .filter(other -> !plan.bulkhead.keyed() || Objects.equals(other.caller().key, job.caller().key))
                    .count();
            if (others >= plan.bulkhead.settings().value()) {
                this.world.broken(
                        Law.PERMIT_LIVES_WITH_THE_WORK,
                        (others + 1) + " run at once, with "
                                + plan.bulkhead.settings().value() + " permits");
            }
        }
        if (plan.exclusive != null && this.world.running().stream().anyMatch(other -> meet(plan, job, other))) {
            this.world.broken(Law.PERMIT_LIVES_WITH_THE_WORK, job.caller() + " runs beside the holder of its lock");
        }
    }

    private static boolean meet(Plan plan, Job one, Job other) {
        if (!plan.exclusive.keyed()) {
            return true;
        }
        Set<Object> both = keys(one.caller().key);
        both.retainAll(keys(other.caller().key));
        return !both.isEmpty();
    }

    static Set<Object> keys(Object key) {
        return new HashSet<>(key instanceof Collection<?> all ? all : List.of(key));
    }

    /**
     * The caller goes on: what its call had is free. Given up while its turn was on its way, be it the first or that of a
     * retry, it did not have it yet.
     */
    void goesOn(Caller caller) {
        Rule<?> bulkhead = this.world.plan().bulkhead;
        boolean turnMayBeOnItsWay = caller.jobs.isEmpty() || (caller.givenUp && this.world.plan().retry != null);
        if (bulkhead != null
                && !bulkhead.keyed()
                && !turnMayBeOnItsWay
                && this.world.running().isEmpty()
                && this.world.pending().isEmpty()
                && free() != this.world.plan().bulkhead.settings().value()) {
            this.world.broken(
                    Law.PERMIT_LIVES_WITH_THE_WORK,
                    caller + " goes on with " + free() + " permits free, and none runs");
        }
    }

    private long free() {
        return this.world.plan().bulkhead.state().getOrDefault("free", -1L);
    }

    /** Whenever nothing happens. */
    void atRest() {
        Plan plan = this.world.plan();
        long waiting = 0;
        for (Rule<?> rule : plan.rules()) {
            waiting += rule.state().getOrDefault("waiting", 0L);
        }
        if (waiting > this.world.pending().size()) {
            this.world.broken(
                    Law.LEAVES_AT_ONCE,
                    waiting + " wait in line, and only " + this.world.pending().size() + " calls are pending");
        }
        lostTurn(plan.bulkhead, "free");
        if (plan.exclusive != null
                && plan.exclusive.state().getOrDefault("waiting", 0L) > 0
                && plan.exclusive.state().get("held") == 0) {
            this.world.broken(Law.LEAVES_AT_ONCE, "some wait for a lock that nobody has");
        }
        inUse(plan.bulkhead, true);
        inUse(plan.exclusive, false);
    }

    private void lostTurn(Rule<?> rule, String free) {
        if (rule != null
                && rule.state().getOrDefault("waiting", 0L) > 0
                && rule.state().get(free) > 0) {
            this.world.broken(Law.LEAVES_AT_ONCE, "some wait in line, and permits are free");
        }
    }

    private Set<Object> running(boolean whole) {
        Set<Object> keys = new HashSet<>();
        for (Job job : this.world.running()) {
            keys.addAll(whole ? Set.of(job.caller().key) : keys(job.caller().key));
        }
        return keys;
    }

    private void inUse(Rule<?> rule, boolean whole) {
        if (rule == null || !rule.keyed()) {
            return;
        }
        Set<Object> keys = running(whole);
        if (rule.state().get("keys") < keys.size()) {
            this.world.broken(
                    Law.KEYS_GO_WHEN_IDLE, rule.state() + " of " + rule.policy() + ", while " + keys + " are in use");
        }
    }

    /** When all is over. */
    void atTheEnd() {
        for (Rule<?> rule : this.world.plan().rules()) {
            if (rule.keyed() && rule.state().getOrDefault("keys", 0L) != 0) {
                this.world.broken(Law.KEYS_GO_WHEN_IDLE, rule.policy() + " keeps " + rule.state());
            }
            if (rule.state().getOrDefault("waiting", 0L) != 0 || rule.state().getOrDefault("held", 0L) != 0) {
                this.world.broken(Law.PERMIT_LIVES_WITH_THE_WORK, rule.policy() + " is left with " + rule.state());
            }
        }
        Rule<?> bulkhead = this.world.plan().bulkhead;
        if (bulkhead != null
                && !bulkhead.keyed()
                && free() != this.world.plan().bulkhead.settings().value()) {
            this.world.broken(Law.PERMIT_LIVES_WITH_THE_WORK, "permits are missing: " + bulkhead.state());
        }
    }
}
