package dev.settle.policy.throttle;

import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import dev.settle.core.Attributes;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.KeySettings;
import dev.settle.core.PolicyBinding;
import dev.settle.core.PolicyContext;
import dev.settle.core.Step;
import dev.settle.core.WaitBounds;
import java.time.Duration;
import java.util.Set;

/** Binds {@link Throttle}. */
public final class ThrottleBinding implements PolicyBinding<ThrottleSettings> {

    @Override
    public String policy() {
        return ThrottleStep.POLICY;
    }

    @Override
    public Class<Throttle> annotation() {
        return Throttle.class;
    }

    @Override
    public ThrottleSettings settings(Attributes attributes) {
        Duration window = attributes.duration("window");
        InvalidSettingException.check(window != null, "window", "no window is set", "use a duration such as \"1s\"");
        return new ThrottleSettings(
                attributes.number("limit"),
                (window == null) ? Duration.ZERO : window,
                attributes.choice("type", Throttle.Type.class),
                attributes.number("burst"),
                attributes.choice("excess", Throttle.Excess.class),
                WaitBounds.of(attributes),
                KeySettings.of(attributes),
                attributes.choice("scope", Scope.class));
    }

    @Override
    public boolean shares(ThrottleSettings settings) {
        return settings.excess() == Throttle.Excess.SHARE;
    }

    /** Also the type: what one has counted means nothing to the other. */
    @Override
    public Set<String> fixed() {
        return Set.of("key", "maxKeys", "scope", "type");
    }

    @Override
    public Step create(ThrottleSettings settings, PolicyContext context) {
        ThrottleStep local = new ThrottleStep(settings, context.time());
        return (settings.scope() == Scope.LOCAL)
                ? local
                : context.clustering().around(local, settings, ThrottleSettings::inCluster, context);
    }
}
