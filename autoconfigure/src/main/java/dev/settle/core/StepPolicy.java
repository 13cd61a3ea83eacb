package dev.settle.core;

import dev.settle.abort.AbortSignal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A policy that is one step: the face that plain code sees of what annotated methods run through. */
public abstract class StepPolicy implements Policy {

    private final Step step;
    private final CallSite site;
    private final Next chain;

    /** Creates the policy around its step. */
    protected StepPolicy(Step step) {
        this.step = step;
        this.site = CallSite.plain(step.toString());
        this.chain = Next.link(List.of(step));
    }

    /** What the policy does around a call. */
    public final Step step() {
        return this.step;
    }

    @Override
    public final <T> CompletableFuture<T> call(AsyncCall<T> work) {
        return run(this.site, this.chain, work);
    }

    static <T> CompletableFuture<T> run(CallSite site, Next chain, AsyncCall<T> work) {
        return Calls.async(site, chain, new PlainWork(work), AbortSignal.never());
    }

    @Override
    public final String toString() {
        return this.step.toString();
    }

    private record PlainWork(AsyncCall<?> call) implements Work {

        @Override
        public @Nullable Object run(AbortSignal signal) throws Exception {
            return this.call.start();
        }

        @Override
        public boolean asynchronous() {
            return true;
        }
    }
}
