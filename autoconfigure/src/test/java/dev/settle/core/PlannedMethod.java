package dev.settle.core;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.InFlight;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A method with policies as the advice runs it, but without Spring: synchronous or not, tracked, listened to. */
public final class PlannedMethod {

    public static final String NAME = "prices.find";

    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private final Next chain;
    private final CallSite site;

    private PlannedMethod(Next chain, InFlight inFlight, AbortSignal stopping, CallContext context) {
        this(chain, inFlight, stopping, context, null);
    }

    private PlannedMethod(
            Next chain, InFlight inFlight, AbortSignal stopping, CallContext context, CallObserver observer) {
        this.chain = chain;
        this.site = new CallSite(
                NAME,
                new CallHost(inFlight, stopping, context, this.events::add, thread -> false, null, observer),
                false);
    }

    public static PlannedMethod with(StepPolicy... outermostFirst) {
        List<Step> steps = Stream.of(outermostFirst).map(StepPolicy::step).toList();
        return new PlannedMethod(Next.link(steps), null, AbortSignal.never(), CallContext.none());
    }

    public PlannedMethod trackedBy(InFlight inFlight) {
        return new PlannedMethod(
                this.chain,
                inFlight,
                this.site.host().stopping(),
                this.site.host().context());
    }

    public PlannedMethod stoppingWith(AbortSignal stopping) {
        return new PlannedMethod(
                this.chain,
                this.site.host().inFlight(),
                stopping,
                this.site.host().context());
    }

    public PlannedMethod carrying(CallContext context) {
        return new PlannedMethod(
                this.chain, this.site.host().inFlight(), this.site.host().stopping(), context);
    }

    public PlannedMethod observedBy(CallObserver observer) {
        CallHost host = this.site.host();
        return new PlannedMethod(this.chain, host.inFlight(), host.stopping(), host.context(), observer);
    }

    /** What the listener was told, in order. */
    public List<Enum<?>> events() {
        return this.events.stream().<Enum<?>>map(CallEvent::type).toList();
    }

    public Object detail(Enum<?> type) {
        return this.events.stream()
                .filter(event -> event.type() == type)
                .map(CallEvent::detail)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + type + " among " + this.events));
    }

    /** Calls it as a method that returns a future. */
    public <T> CompletableFuture<T> start(Callable<? extends CompletionStage<T>> body) {
        return start(AbortSignal.never(), body);
    }

    public <T> CompletableFuture<T> start(AbortSignal passed, Callable<? extends CompletionStage<T>> body) {
        return Calls.async(this.site, this.chain, new Body(body, true), passed);
    }

    /** Calls it as a method that returns its value, on this thread. */
    public Object call(Callable<?> body) throws Throwable {
        return call(AbortSignal.never(), body);
    }

    public Object call(AbortSignal passed, Callable<?> body) throws Throwable {
        return Calls.sync(this.site, this.chain, new Body(body, false), passed);
    }

    private record Body(Callable<?> body, boolean asynchronous) implements Work {

        @Override
        public Object run(AbortSignal signal) throws Exception {
            return this.body.call();
        }
    }
}
