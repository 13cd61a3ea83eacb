package dev.settle.policy.debounce;

import dev.settle.annotation.Debounce;
import dev.settle.core.Attributes;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.KeySettings;
import dev.settle.core.PolicyBinding;
import dev.settle.core.PolicyContext;
import dev.settle.core.Step;
import java.time.Duration;

/** Binds {@link Debounce}. */
public final class DebounceBinding implements PolicyBinding<DebounceSettings> {

    @Override
    public String policy() {
        return DebounceStep.POLICY;
    }

    @Override
    public Class<Debounce> annotation() {
        return Debounce.class;
    }

    @Override
    public DebounceSettings settings(Attributes attributes) {
        Duration value = attributes.duration("value");
        InvalidSettingException.check(
                value != null, "value", "no quiet period is set", "use a duration such as \"300ms\"");
        return new DebounceSettings(
                (value == null) ? Duration.ZERO : value,
                attributes.duration("maxWait"),
                attributes.flag("leading"),
                attributes.flag("trailing"),
                attributes.choice("superseded", Debounce.Superseded.class),
                attributes.choice("running", Debounce.Running.class),
                attributes.choice("onShutdown", Debounce.OnShutdown.class),
                KeySettings.of(attributes));
    }

    @Override
    public boolean deferred() {
        return true;
    }

    /** Also with CANCEL: a run that has started is not taken from those who are in it. */
    @Override
    public boolean shares(DebounceSettings settings) {
        return true;
    }

    @Override
    public Step create(DebounceSettings settings, PolicyContext context) {
        return new DebounceStep(
                settings,
                context.time(),
                cleanup -> context.shutdown().onShutdown("debounced calls of '" + context.name() + "'", cleanup));
    }
}
