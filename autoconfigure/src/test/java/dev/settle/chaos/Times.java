package dev.settle.chaos;

import dev.settle.annotation.Debounce;
import dev.settle.annotation.Throttle;
import dev.settle.core.Call;
import dev.settle.core.Step;
import dev.settle.policy.debounce.DebounceSettings;
import dev.settle.policy.retry.RetrySettings;
import dev.settle.policy.throttle.ThrottleSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The laws of time: probes between the policies see when calls get where. */
final class Times {

    private final World world;
    private final Map<Object, Long> arrivals = new HashMap<>();
    private final Map<Object, List<Long>> starts = new HashMap<>();

    Times(World world) {
        this.world = world;
    }

    /** In front of all policies. */
    Step arrival() {
        return (call, next) -> {
            this.arrivals.put(group(this.world.plan().debounce, caller(call)), this.world.now());
            caller(call).passedAt = this.world.now();
            return next.start(call);
        };
    }

    /** Behind a policy, which has let the call pass. */
    Step passed(Rule<?> rule) {
        return (call, next) -> {
            if (!rule.tuned() && !this.world.application().stopped()) {
                look(rule, caller(call));
            }
            caller(call).passedAt = this.world.now();
            return next.start(call);
        };
    }

    private static Caller caller(Call call) {
        return (Caller) call.arguments()[1];
    }

    private static Object group(Rule<?> rule, Caller caller) {
        return (rule != null && rule.keyed() && caller.key != null) ? caller.key : "all";
    }

    private void look(Rule<?> rule, Caller caller) {
        Plan plan = this.world.plan();
        if (rule == plan.debounce) {
            paused(plan.debounce.settings(), this.arrivals.get(group(rule, caller)));
        } else if (rule == plan.retry) {
            backedOff(plan.retry.settings().settings(), caller);
        } else if (rule == plan.throttle) {
            spaced(
                    plan.throttle.settings(),
                    this.starts.computeIfAbsent(group(rule, caller), key -> new ArrayList<>()));
        }
    }

    /** Not of a run that queues behind another, or aborts it first: calls may come between its turn and its start. */
    private void paused(DebounceSettings settings, long lastCall) {
        boolean certain =
                !settings.leading() && settings.maxWait() == null && settings.running() == Debounce.Running.OVERLAP;
        early(
                certain,
                "a debounced run",
                this.world.now() - lastCall,
                settings.value().toNanos());
    }

    private void backedOff(RetrySettings settings, Caller caller) {
        early(
                caller.attempts++ > 0,
                "a retry",
                this.world.now() - caller.lastAttemptAt,
                settings.delay().toNanos());
        caller.lastAttemptAt = this.world.now();
    }

    private void spaced(ThrottleSettings settings, List<Long> before) {
        before.add(this.world.now());
        int last = before.size() - 1;
        long window = settings.window().toNanos();
        if (settings.type() == Throttle.Type.SLIDING) {
            int first = last - settings.limit();
            early(first >= 0, "a throttled start", before.get(last) - before.get(Math.max(0, first)), window);
            return;
        }
        for (int first = last; first >= 0; first--) {
            long due = (last - first + 1 - settings.burst()) * (window / settings.limit());
            early(true, "a smooth start", before.get(last) - before.get(first), due);
        }
    }

    private void early(boolean certain, String what, long after, long due) {
        if (certain && after < due) {
            this.world.broken(Law.TIME_IS_INJECTED, what + " after " + after + " ns, due after " + due);
        }
    }

    /** Whenever nothing happens: no call is older than it may be. */
    void atRest() {
        Plan plan = this.world.plan();
        if (plan.total == null || plan.total.tuned() || plan.debounce != null) {
            return;
        }
        long limit = plan.total.settings().value().toNanos();
        for (Caller caller : this.world.pending()) {
            if (this.world.now() - caller.madeAt > limit) {
                this.world.broken(Law.TIME_IS_INJECTED, caller + " goes on after its limit of " + limit + " ns");
            }
        }
    }
}
