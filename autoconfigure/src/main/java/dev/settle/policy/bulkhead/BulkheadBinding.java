package dev.settle.policy.bulkhead;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Scope;
import dev.settle.core.Attributes;
import dev.settle.core.KeySettings;
import dev.settle.core.PolicyBinding;
import dev.settle.core.PolicyContext;
import dev.settle.core.Step;
import dev.settle.core.WaitBounds;

/** Binds {@link Bulkhead}. */
public final class BulkheadBinding implements PolicyBinding<BulkheadSettings> {

    @Override
    public String policy() {
        return BulkheadStep.POLICY;
    }

    @Override
    public Class<Bulkhead> annotation() {
        return Bulkhead.class;
    }

    @Override
    public BulkheadSettings settings(Attributes attributes) {
        return new BulkheadSettings(
                attributes.number("value"),
                WaitBounds.of(attributes),
                KeySettings.of(attributes),
                attributes.choice("scope", Scope.class));
    }

    @Override
    public Step create(BulkheadSettings settings, PolicyContext context) {
        BulkheadStep local = new BulkheadStep(settings, context.time());
        return (settings.scope() == Scope.LOCAL)
                ? local
                : context.clustering().around(local, settings, BulkheadSettings::inCluster, context);
    }
}
