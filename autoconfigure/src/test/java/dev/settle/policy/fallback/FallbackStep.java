package dev.settle.policy.fallback;

import dev.settle.core.Call;
import dev.settle.core.Next;
import dev.settle.core.Step;
import java.util.concurrent.CompletableFuture;

/** Gives the text where what is inside has failed. */
final class FallbackStep implements Step {

    private final FallbackSettings settings;

    FallbackStep(FallbackSettings settings) {
        this.settings = settings;
    }

    @Override
    public CompletableFuture<Object> apply(Call call, Next next) {
        return next.start(call).exceptionally(failure -> this.settings.value());
    }

    @Override
    public String toString() {
        return "Fallback";
    }
}
