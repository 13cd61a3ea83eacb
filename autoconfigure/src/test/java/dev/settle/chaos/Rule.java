package dev.settle.chaos;

import dev.settle.core.PolicyBinding;
import dev.settle.core.PolicyContext;
import dev.settle.core.Step;
import dev.settle.core.TunableStep;
import java.util.Map;

/** One policy of a plan: its settings of now, and its step. */
final class Rule<S> {

    private final PolicyBinding<S> binding;
    private final Step real;
    private final Step used;
    private final boolean keyed;
    private final Given given;
    private S settings;
    private boolean tuned;

    Rule(PolicyBinding<S> binding, Given given, PolicyContext context, Flaw flaw) {
        this.binding = flaw.binding(binding);
        this.given = given;
        this.keyed = given.key("key") != null;
        this.settings = this.binding.settings(given);
        this.real = this.binding.create(this.settings, context);
        this.used = flaw.step(this, this.real, given);
    }

    String policy() {
        return this.binding.policy();
    }

    boolean keyed() {
        return this.keyed;
    }

    S settings() {
        return this.settings;
    }

    boolean tuned() {
        return this.tuned;
    }

    Step step() {
        return this.used;
    }

    Given given() {
        return this.given;
    }

    Map<String, Long> state() {
        return this.used.state();
    }

    @SuppressWarnings("unchecked") // a step is made of the settings of its binding
    void tune(Given other) {
        this.settings = this.binding.settings(other);
        this.tuned = true;
        ((TunableStep<S>) this.real).tune(this.settings);
    }
}
