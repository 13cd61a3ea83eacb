package dev.settle.chaos;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.core.WaitBounds;
import java.util.EnumSet;
import java.util.Set;

/** Refusals: by whom, with what, and when. */
final class Refusals {

    private final World world;

    Refusals(World world) {
        this.world = world;
    }

    void check(Caller caller, CallRejectedException refused) {
        if (!refused.name().equals(World.NAME)) {
            broken(caller, refused, "has another name: " + refused.name());
        }
        if (refused.getMessage().contains("kx")) {
            broken(caller, refused, "shows a key");
        }
        if (refused.reason() == Reason.CLOSED
                && !this.world.application().stopped()
                && !this.world.application().inFlight().closed()) {
            broken(caller, refused, "says closed, and nothing is");
        }
        if (refused.policy().equals("shutdown")) {
            return;
        }
        Rule<?> rule = this.world.plan().rules().stream()
                .filter(one -> one.policy().equals(refused.policy()))
                .findFirst()
                .orElse(null);
        if (rule == null || !reasons(rule).contains(refused.reason())) {
            broken(caller, refused, "is by nobody who could");
            return;
        }
        keyed(caller, refused, rule);
        if (rule == this.world.plan().throttle
                && isRate(refused)
                && refused.retryAfter().isEmpty()) {
            broken(caller, refused, "does not say when to come back");
        }
        bounds(rule, caller, refused);
    }

    private void broken(Caller caller, CallRejectedException refused, String how) {
        this.world.broken(Law.TYPED_FAILURES, "the refusal of " + caller + " " + how + ": " + refused.getMessage());
    }

    private static boolean isRate(CallRejectedException refused) {
        return refused.reason() != Reason.CLOSED && refused.reason() != Reason.KEYS;
    }

    private static Set<Reason> reasons(Rule<?> rule) {
        return switch (rule.policy()) {
            case "throttle" ->
                EnumSet.of(Reason.RATE, Reason.QUEUE_FULL, Reason.WAIT_EXCEEDED, Reason.KEYS, Reason.CLOSED);
            case "exclusive" ->
                EnumSet.of(Reason.CONFLICT, Reason.QUEUE_FULL, Reason.WAIT_EXCEEDED, Reason.KEYS, Reason.CLOSED);
            case "bulkhead" -> EnumSet.of(Reason.QUEUE_FULL, Reason.WAIT_EXCEEDED, Reason.KEYS, Reason.CLOSED);
            default -> EnumSet.of(Reason.KEYS, Reason.CLOSED);
        };
    }

    private void keyed(Caller caller, CallRejectedException refused, Rule<?> rule) {
        Object key = refused.key().orElse(null);
        boolean right = rule.keyed()
                ? refused.reason() == Reason.CLOSED
                        || (key != null
                                && (key.equals(caller.key)
                                        || Permits.keys(caller.key).contains(key)))
                : key == null;
        if (!right) {
            broken(caller, refused, "has the key " + key);
        }
    }

    private void bounds(Rule<?> rule, Caller caller, CallRejectedException refused) {
        Plan plan = this.world.plan();
        if (rule.tuned() || plan.shares()) {
            return;
        }
        long waited = this.world.now() - caller.passedAt;
        boolean inLine = refused.reason() == Reason.WAIT_EXCEEDED && rule != plan.throttle;
        // On the way to several locks there may be a full line behind the first of them.
        boolean now = rule != plan.exclusive || !rule.keyed();
        if (!inLine && now && refused.reason() != Reason.CLOSED && waited > 0) {
            this.world.broken(
                    Law.REFUSED_NOW, caller + " was refused by " + rule.policy() + " after " + waited + " ns");
        }
        if (inLine) {
            waited(
                    rule == plan.bulkhead
                            ? plan.bulkhead.settings().bounds()
                            : plan.exclusive.settings().bounds(),
                    caller);
        }
    }

    private void waited(WaitBounds bounds, Caller caller) {
        long waited = this.world.now() - caller.madeAt;
        if (waited < bounds.nanos()) {
            this.world.broken(
                    Law.TIME_IS_INJECTED, caller + " was refused after " + waited + " ns of " + bounds.maxWait());
        }
    }
}
