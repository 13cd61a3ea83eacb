package dev.settle.core;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is inside a step: the next step, and in the end the method. Never throws. */
@FunctionalInterface
public interface Next {

    /** Starts what is inside, with the call's signal of now. */
    CompletableFuture<@Nullable Object> start(Call call);

    /** Links steps, outermost first, around the method. */
    static Next link(List<Step> steps) {
        Next inner = Attempt::start;
        for (int i = steps.size() - 1; i >= 0; i--) {
            inner = around(steps.get(i), inner);
        }
        return inner;
    }

    /** A step around what is inside it. */
    static Next around(Step step, Next inner) {
        return call -> {
            try {
                return step.apply(call, inner);
            } catch (Throwable ex) {
                return CompletableFuture.failedFuture(ex);
            }
        };
    }
}
