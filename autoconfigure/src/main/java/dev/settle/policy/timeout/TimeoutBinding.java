package dev.settle.policy.timeout;

import dev.settle.annotation.Timeout;
import dev.settle.core.Attributes;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.PolicyBinding;
import dev.settle.core.PolicyContext;
import dev.settle.core.Step;
import java.time.Duration;
import java.util.Map;

/** Binds {@link Timeout}, for one of its scopes. */
public final class TimeoutBinding implements PolicyBinding<TimeoutSettings> {

    private final Timeout.Scope scope;

    /** Creates the binding for a scope. */
    public TimeoutBinding(Timeout.Scope scope) {
        this.scope = scope;
    }

    @Override
    public String policy() {
        return "timeout";
    }

    @Override
    public Class<Timeout> annotation() {
        return Timeout.class;
    }

    @Override
    public boolean accepts(Attributes attributes) {
        return attributes.choice("scope", Timeout.Scope.class) == this.scope;
    }

    @Override
    public TimeoutSettings settings(Attributes attributes) {
        Duration value = attributes.duration("value");
        InvalidSettingException.check(value != null, "value", "no limit is set", "use a duration such as \"2s\"");
        return new TimeoutSettings(value == null ? Duration.ZERO : value, this.scope, attributes.flag("cancel"));
    }

    /** The two limits stand side by side in {@code application.yml}, where there are no scopes. */
    @Override
    public String property(String attribute) {
        return switch (attribute) {
            case "scope" -> "";
            case "value" -> (this.scope == Timeout.Scope.TOTAL) ? "total" : attribute;
            default -> attribute;
        };
    }

    /** Each limit may be set beside an annotation that has only the other. */
    @Override
    public Map<String, ?> implied() {
        return Map.of("value", "1h", "scope", this.scope);
    }

    @Override
    public Step create(TimeoutSettings settings, PolicyContext context) {
        InvalidSettingException.check(
                settings.cancel() || !context.stream(),
                "cancel",
                "false is not for a stream, which cannot go on when nobody takes its values any more",
                "leave cancel at true");
        return new TimeoutStep(settings, context.time());
    }
}
