package dev.settle.chaos;

import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import dev.settle.core.CallKey;
import dev.settle.core.Next;
import dev.settle.core.PolicyContext;
import dev.settle.policy.bulkhead.BulkheadBinding;
import dev.settle.policy.bulkhead.BulkheadSettings;
import dev.settle.policy.debounce.DebounceBinding;
import dev.settle.policy.debounce.DebounceSettings;
import dev.settle.policy.exclusive.ExclusiveBinding;
import dev.settle.policy.exclusive.ExclusiveSettings;
import dev.settle.policy.retry.RetryBinding;
import dev.settle.policy.throttle.ThrottleBinding;
import dev.settle.policy.throttle.ThrottleSettings;
import dev.settle.policy.timeout.TimeoutBinding;
import dev.settle.policy.timeout.TimeoutSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A random subset of the six policies with random settings, in the order in which Settle puts them. */
final class Plan {

    private final Dice dice;
    private final boolean keyed;
    final Rule<DebounceSettings> debounce;
    final Rule<TimeoutSettings> total;
    final Rule<RetryBinding.Bound> retry;
    final Rule<ThrottleSettings> throttle;
    final Rule<TimeoutSettings> attempt;
    final Rule<ExclusiveSettings> exclusive;
    final Rule<BulkheadSettings> bulkhead;

    Plan(Dice dice, PolicyContext context, Flaw flaw) {
        this.dice = dice;
        this.keyed = dice.chance(40);
        this.debounce = rule(20, new DebounceBinding(), debounced(), context, flaw);
        this.total = rule(30, new TimeoutBinding(Timeout.Scope.TOTAL), limit(Timeout.Scope.TOTAL), context, flaw);
        this.retry = rule(45, new RetryBinding(), retried(), context, flaw);
        this.throttle = rule(30, new ThrottleBinding(), throttled(), context, flaw);
        this.attempt = rule(40, new TimeoutBinding(Timeout.Scope.ATTEMPT), limit(Timeout.Scope.ATTEMPT), context, flaw);
        this.exclusive = rule(30, new ExclusiveBinding(), excluded(), context, flaw);
        this.bulkhead = rule(50, new BulkheadBinding(), limited(), context, flaw);
    }

    private <S> Rule<S> rule(
            int percent, dev.settle.core.PolicyBinding<S> binding, Given given, PolicyContext context, Flaw flaw) {
        return this.dice.chance(percent) ? new Rule<>(binding, given, context, flaw) : null;
    }

    /** Those that are there, outermost first. */
    List<Rule<?>> rules() {
        return Stream.<Rule<?>>of(
                        this.debounce,
                        this.total,
                        this.retry,
                        this.throttle,
                        this.attempt,
                        this.exclusive,
                        this.bulkhead)
                .filter(Objects::nonNull)
                .toList();
    }

    Next chain() {
        return Next.link(rules().stream().map(Rule::step).toList());
    }

    int reads() {
        return rules().stream().mapToInt(rule -> rule.given().reads()).sum();
    }

    /** Whether one run may be for several callers, or a call take the place of others. */
    boolean shares() {
        return this.debounce != null
                || (this.throttle != null
                        && (this.throttle.settings().excess() == Throttle.Excess.SHARE || this.throttle.tuned()))
                || (this.exclusive != null
                        && (this.exclusive.tuned()
                                || this.exclusive.settings().onConflict() == Exclusive.OnConflict.JOIN
                                || this.exclusive.settings().onConflict() == Exclusive.OnConflict.REPLACE));
    }

    /** Whether a synchronous call may come at all: with one thread, it must not have to wait. */
    boolean neverWaits() {
        return this.debounce == null
                && this.retry == null
                && (this.throttle == null || this.throttle.settings().excess() == Throttle.Excess.REJECT)
                && (this.exclusive == null
                        || this.exclusive.settings().onConflict() == Exclusive.OnConflict.REJECT
                        || (this.exclusive.settings().onConflict() == Exclusive.OnConflict.WAIT
                                && this.exclusive.settings().bounds().queueCapacity() == 0))
                && (this.bulkhead == null || this.bulkhead.settings().bounds().queueCapacity() == 0);
    }

    /** Other settings for one of the policies, if there are any. */
    Rule<?> tune() {
        List<Rule<?>> rules = rules();
        if (rules.isEmpty()) {
            return null;
        }
        Rule<?> rule = this.dice.one(rules);
        Given other = switch (rule.policy()) {
            case "debounce" -> debounced();
            case "retry" -> retried();
            case "throttle" -> throttled().set("type", this.throttle.settings().type());
            case "exclusive" -> excluded();
            case "bulkhead" -> limited();
            default -> limit(rule == this.total ? Timeout.Scope.TOTAL : Timeout.Scope.ATTEMPT);
        };
        if (rule == this.throttle && this.throttle.settings().type() == Throttle.Type.SLIDING) {
            other.set("burst", 1);
        }
        rule.tune(other);
        return rule;
    }

    private Given keys() {
        return new Given()
                .set("key", this.keyed ? (CallKey) call -> call.arguments()[0] : null)
                .set("maxKeys", this.dice.chance(80) ? 1000 : this.dice.between(1, 3))
                .set("scope", Scope.LOCAL);
    }

    private Given bounded() {
        boolean none = this.dice.chance(25);
        return keys().set("maxWait", this.dice.chance(70) ? this.dice.millis(1, 300) : Duration.ofSeconds(30))
                .set("queueCapacity", none ? 0 : this.dice.one(1, 3, 1000));
    }

    Given debounced() {
        Duration quiet = this.dice.millis(0, 60);
        boolean leading = this.dice.chance(30);
        return keys().set("value", quiet)
                .set("maxWait", this.dice.chance(70) ? null : quiet.plus(this.dice.millis(0, 200)))
                .set("leading", leading)
                .set("trailing", !leading || this.dice.chance(50))
                .set("superseded", this.dice.one(Debounce.Superseded.values()))
                .set("running", this.dice.one(Debounce.Running.values()))
                .set("onShutdown", this.dice.one(Debounce.OnShutdown.values()));
    }

    Given limit(Timeout.Scope scope) {
        return new Given()
                .set("value", scope == Timeout.Scope.TOTAL ? this.dice.millis(1, 500) : this.dice.millis(1, 100))
                .set("scope", scope)
                .set("cancel", this.dice.chance(80));
    }

    Given retried() {
        Duration delay = this.dice.millis(0, 40);
        return new Given()
                .set("maxRetries", this.dice.between(0, 8))
                .set("delay", delay)
                .set("multiplier", this.dice.one(1.0, 2.0))
                .set("maxDelay", delay.plus(this.dice.millis(0, 100)))
                .set("jitter", Retry.Jitter.NONE)
                .set("maxDuration", this.dice.chance(70) ? null : delay.plus(this.dice.millis(1, 300)))
                .set("budget", "");
    }

    Given throttled() {
        Throttle.Type type = this.dice.one(Throttle.Type.values());
        return bounded()
                .set("limit", this.dice.between(1, 4))
                .set("window", this.dice.millis(1, 100))
                .set("type", type)
                .set("burst", type == Throttle.Type.SMOOTH ? this.dice.between(1, 3) : 1)
                .set("excess", this.dice.one(Throttle.Excess.values()));
    }

    Given excluded() {
        Given given = bounded().set("onConflict", this.dice.one(Exclusive.OnConflict.values()));
        if (given.choice("onConflict", Exclusive.OnConflict.class) == Exclusive.OnConflict.REPLACE) {
            given.set("queueCapacity", 1000);
        }
        return given;
    }

    Given limited() {
        return bounded().set("value", this.dice.between(1, 4));
    }

    @Override
    public String toString() {
        return rules().stream().map(rule -> rule.settings().toString()).toList().toString();
    }
}
