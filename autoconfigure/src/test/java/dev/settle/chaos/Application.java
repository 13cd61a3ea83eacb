package dev.settle.chaos;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSource;
import dev.settle.abort.AsyncCleanup;
import dev.settle.abort.InFlight;
import dev.settle.core.CallContext;
import dev.settle.core.CallEvent;
import dev.settle.core.CallHost;
import dev.settle.core.CallSite;
import dev.settle.core.Clustering;
import dev.settle.core.Next;
import dev.settle.core.PolicyContext;
import dev.settle.core.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What an application would give to the calls of a round: their plan, their host, and its shutdown. */
final class Application {

    private final World world;
    private final AbortSource stopping = new AbortSource();
    private final AbortSource session = new AbortSource();
    private final InFlight inFlight = new InFlight();
    private final List<AsyncCleanup> cleanups = new ArrayList<>();
    private final Plan plan;
    private final int reads;
    private final CallSite site;
    private final Next chain;
    private boolean aborted;

    Application(World world, Flaw flaw) {
        this.world = world;
        this.plan = new Plan(
                world.dice(),
                new PolicyContext(
                        World.NAME,
                        false,
                        flaw.time(world.time()),
                        Application::shared,
                        (name, cleanup) -> this.cleanups.add(cleanup),
                        Clustering.none()),
                flaw);
        this.reads = this.plan.reads();
        CallHost host = new CallHost(
                this.inFlight,
                this.stopping,
                flaw.context(Application::captured),
                this::heard,
                thread -> false,
                null,
                world.dice().chance(50) ? world.watchers() : null);
        this.site = new CallSite(World.NAME, host, this.plan.debounce != null);
        this.chain = Next.link(steps());
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        steps.add(this.world.times().arrival());
        for (Rule<?> rule : this.plan.rules()) {
            steps.add(rule.step());
            steps.add(this.world.times().passed(rule));
        }
        return steps;
    }

    private static <T> T shared(Class<T> type, String name, Function<String, T> maker) {
        return maker.apply(name);
    }

    private static CallContext.Captured captured() {
        String captured = World.CONTEXT.get();
        return task -> {
            String outer = World.CONTEXT.get();
            World.CONTEXT.set(captured);
            try {
                task.run();
            } finally {
                World.CONTEXT.set(outer);
            }
        };
    }

    private void heard(CallEvent event) {
        this.world.userCode("listener", null);
        if (this.world.dice().between(1, 2000) == 1) {
            throw new IllegalStateException("a broken listener");
        }
    }

    Plan plan() {
        return this.plan;
    }

    /** How often settings have been read since the start. */
    int readsSinceStart() {
        return this.plan.reads() - this.reads;
    }

    CallSite site() {
        return this.site;
    }

    Next chain() {
        return this.chain;
    }

    AbortSource stopping() {
        return this.stopping;
    }

    boolean stopped() {
        return this.stopping.aborted();
    }

    /** A signal that lives as long as the round. */
    AbortSource session() {
        return this.session;
    }

    InFlight inFlight() {
        return this.inFlight;
    }

    List<AsyncCleanup> cleanups() {
        return this.cleanups;
    }

    /** Aborts all that is in flight, as the actuator does. */
    void abortAll(AbortReason reason) {
        this.aborted = true;
        this.inFlight.forEach(work -> work.abort(reason));
    }

    boolean aborted() {
        return this.aborted;
    }
}
