package dev.settle.plan;

import dev.settle.core.InvalidSettingException;
import dev.settle.queue.Trampoline;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes settings while the application runs: by hand, or because what is configured has changed. What is set by hand
 * counts until it is taken back, or the application starts again.
 */
public final class RunTimeTuning {

    /** Where a value comes from that was set by hand. */
    public static final String BY_HAND = "the actuator";

    private final PlanRegistry registry;
    private final Vocabulary vocabulary;

    // Guarded by this.
    private Settings configured;
    private Settings byHand = Settings.byHand();

    /** Nothing is set by hand yet. */
    public RunTimeTuning(PlanRegistry registry, Vocabulary vocabulary, Settings configured) {
        this.registry = registry;
        this.vocabulary = vocabulary;
        this.configured = configured;
    }

    /**
     * Changes settings of the methods of a name: all of them, or none.
     *
     * @param settings values by property, in any spelling; null takes back what was set by hand before
     * @throws InvalidSettingException when a policy or setting is not known, or not to be set by hand
     * @throws InvalidPlanException when a method cannot have these settings
     */
    public void set(String name, String policy, Map<String, ? extends @Nullable Object> settings) {
        Trampoline.holding(() -> setNow(name, policy, settings));
    }

    private synchronized void setNow(String name, String policy, Map<String, ? extends @Nullable Object> settings) {
        String meant = this.vocabulary.policy(policy);
        List<MethodPlan> plans = this.registry.named(name);
        InvalidSettingException.check(
                plans.stream().anyMatch(plan -> plan.has(meant, LayeredAttributes.ENABLED)),
                "policy",
                "no method of the name '" + name + "' has a '" + meant + "'",
                "choose a policy that is shown for the name");
        Settings changed = this.byHand;
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, ? extends @Nullable Object> entry : settings.entrySet()) {
            String value = (entry.getValue() == null) ? null : String.valueOf(entry.getValue());
            String property = property(plans, meant, entry.getKey(), value);
            InvalidSettingException.check(seen.add(property), property, "it is there twice", "write it once");
            changed = changed.with(name, meant, property, (value == null) ? null : new Setting(value, BY_HAND));
        }
        this.registry.tune(new Layers(changed, this.configured));
        this.byHand = changed;
    }

    /** The property that is meant, if it is one of a policy that the methods have. */
    private String property(List<MethodPlan> plans, String policy, String written, @Nullable String value) {
        String property = this.vocabulary.property(policy, written, value);
        InvalidSettingException.check(
                !this.vocabulary.namesCode(policy, property),
                property,
                "it names code, which is not to be had from outside",
                "set it in application.yml");
        InvalidSettingException.check(
                plans.stream().anyMatch(plan -> plan.has(policy, property)),
                property,
                "no method of that name has it",
                "set it in application.yml, and start the application again");
        return property;
    }

    /**
     * Goes on with other configured settings: all of them, or none.
     *
     * @param reading reads them; asked under the lock: of two who read at the same time, the later one has the last word
     * @return the settings
     * @throws InvalidPlanException when they cannot be, or a method cannot have them
     */
    public Settings configure(Supplier<Settings> reading) {
        Trampoline.holding(() -> configureNow(reading));
        return configured();
    }

    private synchronized Settings configured() {
        return this.configured;
    }

    private synchronized void configureNow(Supplier<Settings> reading) {
        Settings changed = reading.get();
        this.registry.tune(new Layers(this.byHand, changed));
        this.configured = changed;
    }

    /** What is set by hand, above what is configured. */
    private record Layers(Settings byHand, Settings configured) implements Tuning {

        @Override
        public @Nullable Setting named(String name, String policy, String property) {
            Setting set = this.byHand.named(name, policy, property);
            return (set != null) ? set : this.configured.named(name, policy, property);
        }

        @Override
        public @Nullable Setting general(String policy, String property) {
            return this.configured.general(policy, property);
        }
    }
}
