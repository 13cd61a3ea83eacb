package dev.settle.plan;

import dev.settle.core.InvalidSettingException;
import dev.settle.core.PolicyBinding;
import dev.settle.core.PolicyContext;
import dev.settle.core.Step;
import dev.settle.core.TunableStep;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * One policy of a method: its settings of now, and what it does.
 *
 * @param <S> the settings
 */
public final class PlannedPolicy<S> {

    private final String place;
    private final PolicyBinding<S> binding;
    private final MergedAttributes annotation;
    private final PolicyContext context;
    private final boolean implied;
    private final Step step;
    private volatile State<S> state;

    /** The tuning never changes, another takes its place. */
    private record State<S>(S settings, boolean enabled, List<SettingValue> values, Tuning tuning) {}

    /**
     * Plans it.
     *
     * @param implied whether it is there only when {@code application.yml} asks for it
     * @throws InvalidPlanException when the settings cannot be
     */
    PlannedPolicy(
            String place,
            PolicyBinding<S> binding,
            MergedAttributes annotation,
            PolicyContext context,
            boolean implied,
            Tuning tuning) {
        this.place = place;
        this.binding = binding;
        this.annotation = annotation;
        this.context = context;
        this.implied = implied;
        LayeredAttributes attributes = attributes(tuning);
        this.state = read(attributes, tuning);
        this.step = checked(attributes, () -> binding.create(this.state.settings(), context));
    }

    private LayeredAttributes attributes(Tuning tuning) {
        return new LayeredAttributes(this.annotation, this.binding, this.context.name(), tuning);
    }

    private State<S> read(LayeredAttributes attributes, Tuning tuning) {
        return checked(
                attributes,
                () -> new State<>(this.binding.settings(attributes), isOn(attributes), attributes.values(), tuning));
    }

    private boolean isOn(LayeredAttributes attributes) {
        return attributes.enabled() && (!this.implied || attributes.setting(this.binding.askedForBy()) != null);
    }

    /** What it is called in {@code application.yml}. */
    public String policy() {
        return this.binding.policy();
    }

    /** The settings of now. */
    public S settings() {
        return this.state.settings();
    }

    /** Whether calls pass through it. */
    public boolean enabled() {
        return this.state.enabled();
    }

    /** The settings of now, each with where it comes from. */
    public List<SettingValue> values() {
        return this.state.values();
    }

    /** Whether the annotation asks for it, or a setting does now. */
    boolean isAsked() {
        return !this.implied || enabled();
    }

    /** What it does. */
    public Step step() {
        return this.step;
    }

    boolean shares() {
        return enabled() && this.binding.shares(settings());
    }

    boolean deferred() {
        return enabled() && this.binding.deferred();
    }

    /**
     * Gets ready for other settings, and changes nothing yet.
     *
     * @return makes the change, and cannot fail; null when it makes none
     * @throws InvalidPlanException when the settings cannot be, or cannot change while the application runs
     */
    @Nullable
    Runnable prepare(Tuning tuning) {
        State<S> before = this.state;
        if (tuning == before.tuning()) {
            return null; // as nearly always when the plan has just been made
        }
        LayeredAttributes attributes = attributes(tuning);
        List<SettingValue> values = checked(attributes, attributes::values);
        if (values.equals(before.values())) {
            return null;
        }
        State<S> after = checked(attributes, () -> {
            checkFixed(before.values(), values);
            return new State<>(this.binding.settings(attributes), isOn(attributes), values, tuning);
        });
        checkStream(before.settings(), after.settings());
        // What the settings may not be for such a method is known to the one who makes the step; it is not used.
        checked(attributes, () -> this.binding.create(after.settings(), this.context));
        TunableStep<S> tunable = tunable();
        return () -> {
            tunable.tune(after.settings());
            this.state = after;
            if (before.enabled() && !after.enabled()) {
                tunable.switchedOff();
            }
        };
    }

    /** Values of a stream that somebody subscribes to at this moment would go to the first of those who share it alone. */
    private void checkStream(S before, S after) {
        if (this.context.stream() && this.binding.shares(after) && !this.binding.shares(before)) {
            throw new InvalidPlanException(
                    this.place,
                    "a stream cannot begin to be shared while the application runs",
                    "Change it in application.yml, and start the application again.",
                    null);
        }
    }

    private void checkFixed(List<SettingValue> before, List<SettingValue> after) {
        for (int i = 0; i < before.size(); i++) {
            String property = before.get(i).property();
            InvalidSettingException.check(
                    !this.binding.fixed().contains(property)
                            || before.get(i).value().equals(after.get(i).value()),
                    property,
                    "it cannot change while the application runs",
                    "change it in application.yml, and start the application again");
        }
    }

    @SuppressWarnings("unchecked") // as its binding promises
    private TunableStep<S> tunable() {
        if (this.step instanceof TunableStep<?> tunable) {
            return (TunableStep<S>) tunable;
        }
        throw new InvalidPlanException(
                this.place,
                "the settings of this policy cannot change while the application runs",
                "Change them in application.yml, and start the application again.",
                null);
    }

    private <T> T checked(LayeredAttributes attributes, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidSettingException ex) {
            Setting setting = attributes.setting(ex.attribute());
            throw new InvalidPlanException(
                    this.place
                            + ((setting != null)
                                    ? ", " + this.binding.property(ex.attribute()) + " from " + setting.origin()
                                    : "(" + ex.attribute() + ")"),
                    ex.problem(),
                    StringUtils.capitalize(ex.remedy()) + ".",
                    ex);
        }
    }

    @Override
    public String toString() {
        return this.step.toString();
    }
}
