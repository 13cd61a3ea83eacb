package dev.settle.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Policies linked once, outermost first; a call passes through them as one call, with one signal. */
final class Pipeline implements Policy {

    private final List<Step> steps;
    private final CallSite site;
    private final Next chain;

    private Pipeline(List<Step> steps) {
        this.steps = List.copyOf(steps);
        this.site = CallSite.plain(steps.toString());
        this.chain = Next.link(steps);
    }

    static Policy of(Policy outer, Policy inner) {
        List<Step> steps = new ArrayList<>(stepsOf(outer));
        steps.addAll(stepsOf(inner));
        return new Pipeline(steps);
    }

    private static List<Step> stepsOf(Policy policy) {
        if (policy instanceof Pipeline pipeline) {
            return pipeline.steps;
        }
        if (policy instanceof StepPolicy single) {
            return List.of(single.step());
        }
        return List.of(new ForeignStep(policy));
    }

    @Override
    public <T> CompletableFuture<T> call(AsyncCall<T> work) {
        return StepPolicy.run(this.site, this.chain, work);
    }

    @Override
    public String toString() {
        return this.steps.toString();
    }
}
