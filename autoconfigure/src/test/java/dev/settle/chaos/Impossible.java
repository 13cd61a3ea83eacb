package dev.settle.chaos;

import dev.settle.annotation.Timeout;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.PolicyBinding;
import dev.settle.policy.bulkhead.BulkheadBinding;
import dev.settle.policy.debounce.DebounceBinding;
import dev.settle.policy.exclusive.ExclusiveBinding;
import dev.settle.policy.retry.RetryBinding;
import dev.settle.policy.throttle.ThrottleBinding;
import dev.settle.policy.timeout.TimeoutBinding;
import java.time.Duration;

/** Settings that cannot be: each is refused when it is read, before there is a step. */
final class Impossible {

    private static final Duration LESS_THAN_NOTHING = Duration.ofMillis(-1);

    private Impossible() {}

    static void check(World world, Plan plan, Dice dice, Flaw flaw) {
        switch (dice.between(0, 5)) {
            case 0 -> refused(world, flaw, new BulkheadBinding(), plan.limited().set("value", -dice.between(0, 3)));
            case 1 ->
                refused(world, flaw, new DebounceBinding(), plan.debounced().set("value", LESS_THAN_NOTHING));
            case 2 ->
                refused(world, flaw, new ExclusiveBinding(), plan.excluded().set("queueCapacity", -1));
            case 3 -> refused(world, flaw, new RetryBinding(), plan.retried().set("maxRetries", -dice.between(1, 3)));
            case 4 ->
                refused(world, flaw, new ThrottleBinding(), plan.throttled().set("window", LESS_THAN_NOTHING));
            default ->
                refused(
                        world,
                        flaw,
                        new TimeoutBinding(Timeout.Scope.TOTAL),
                        plan.limit(Timeout.Scope.TOTAL).set("value", Duration.ZERO));
        }
    }

    private static <S> void refused(World world, Flaw flaw, PolicyBinding<S> binding, Given given) {
        try {
            S settings = flaw.binding(binding).settings(given);
            world.broken(Law.DECIDED_AT_START, "nobody refuses " + settings);
        } catch (InvalidSettingException expected) {
            world.log("refused at the start: " + expected.getMessage());
        }
    }
}
