package dev.settle.policy.fallback;

import dev.settle.core.Attributes;
import dev.settle.core.PolicyBinding;
import dev.settle.core.PolicyContext;
import dev.settle.core.Step;

/** Binds {@link Fallback}. */
public final class FallbackBinding implements PolicyBinding<FallbackSettings> {

    @Override
    public String policy() {
        return "fallback";
    }

    @Override
    public Class<Fallback> annotation() {
        return Fallback.class;
    }

    @Override
    public FallbackSettings settings(Attributes attributes) {
        return new FallbackSettings(attributes.text("value"));
    }

    @Override
    public Step create(FallbackSettings settings, PolicyContext context) {
        return new FallbackStep(settings);
    }
}
