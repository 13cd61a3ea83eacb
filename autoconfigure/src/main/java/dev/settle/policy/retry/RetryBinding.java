package dev.settle.policy.retry;

import dev.settle.annotation.Retry;
import dev.settle.core.Attributes;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.PolicyBinding;
import dev.settle.core.PolicyContext;
import dev.settle.core.Step;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Binds {@link Retry}. */
public final class RetryBinding implements PolicyBinding<RetryBinding.Bound> {

    /**
     * The settings, with the objects they name.
     *
     * @param predicate decides on a failure
     * @param onResult says which values count as failures
     * @param retryAfter reads the server's wish
     */
    public record Bound(
            RetrySettings settings,
            @Nullable Predicate<? super Throwable> predicate,
            @Nullable Predicate<Object> onResult,
            @Nullable Function<? super Throwable, ?> retryAfter) {}

    @Override
    public String policy() {
        return "retry";
    }

    @Override
    public Class<Retry> annotation() {
        return Retry.class;
    }

    @Override
    @SuppressWarnings(
            "unchecked") // a rule for another type fails the call that it is asked about, as any throwing rule
    public Bound settings(Attributes attributes) {
        return new Bound(
                read(attributes),
                (Predicate<Throwable>) attributes.object("predicate", Retry.None.class),
                (Predicate<Object>) attributes.object("retryOnResult", Retry.None.class),
                (Function<Throwable, ?>) attributes.object("retryAfter", Retry.None.class));
    }

    private static RetrySettings read(Attributes attributes) {
        return new RetrySettings(
                attributes.number("maxRetries"),
                orZero(attributes.duration("delay")),
                attributes.decimal("multiplier"),
                orZero(attributes.duration("maxDelay")),
                attributes.choice("jitter", Retry.Jitter.class),
                attributes.duration("maxDuration"),
                List.of(attributes.classes("includes", Throwable.class)),
                List.of(attributes.classes("excludes", Throwable.class)),
                attributes.text("budget"));
    }

    private static Duration orZero(@Nullable Duration duration) {
        return (duration == null) ? Duration.ZERO : duration;
    }

    @Override
    public Step create(Bound bound, PolicyContext context) {
        InvalidSettingException.check(
                bound.onResult() == null || !context.stream(),
                "retryOnResult",
                "a stream has no single value to decide on",
                "let the stream fail where a value is not good, or return a Mono of a list");
        return new RetryStep(
                bound,
                other -> RetryRules.of(
                        other, budget(other.settings().budget(), context), context.time(), context.time()::random));
    }

    private static @Nullable RetryBudget budget(String name, PolicyContext context) {
        return name.isEmpty()
                ? null
                : context.shared()
                        .get(
                                RetryBudget.class,
                                name,
                                key -> RetryBudget.of(RetryBudget.Settings.DEFAULT, context.time()));
    }
}
