package dev.settle.policy.exclusive;

import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Scope;
import dev.settle.core.Attributes;
import dev.settle.core.KeySettings;
import dev.settle.core.PolicyBinding;
import dev.settle.core.PolicyContext;
import dev.settle.core.Step;
import dev.settle.core.WaitBounds;

/** Binds {@link Exclusive}. */
public final class ExclusiveBinding implements PolicyBinding<ExclusiveSettings> {

    @Override
    public String policy() {
        return Locks.POLICY;
    }

    @Override
    public Class<Exclusive> annotation() {
        return Exclusive.class;
    }

    @Override
    public ExclusiveSettings settings(Attributes attributes) {
        return new ExclusiveSettings(
                attributes.choice("onConflict", Exclusive.OnConflict.class),
                WaitBounds.of(attributes),
                KeySettings.of(attributes),
                attributes.choice("scope", Scope.class));
    }

    @Override
    public boolean shares(ExclusiveSettings settings) {
        return settings.onConflict() == Exclusive.OnConflict.JOIN;
    }

    @Override
    public Step create(ExclusiveSettings settings, PolicyContext context) {
        ExclusiveStep local = new ExclusiveStep(settings, new Locks(settings.keys(), context.time()));
        return (settings.scope() == Scope.LOCAL)
                ? local
                : context.clustering().around(local, settings, ExclusiveSettings::inCluster, context);
    }
}
