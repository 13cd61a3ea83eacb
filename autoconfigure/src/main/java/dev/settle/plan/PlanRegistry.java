package dev.settle.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The plans that an application's calls are made with, and what the application says of their settings.
 *
 * <p>Race: settings may change while a bean is being created, whose plans have been made from the ones before. A plan is
 * compared with the settings of now when it comes in, under the lock under which they change.
 */
public final class PlanRegistry {

    private final List<MethodPlan> plans = new CopyOnWriteArrayList<>();

    // Guarded by this.
    private final List<Consumer<? super MethodPlan>> watchers = new ArrayList<>();
    private volatile Tuning tuning;

    /** No plans yet. */
    public PlanRegistry(Tuning tuning) {
        this.tuning = tuning;
    }

    /** What the application says of settings now. */
    public Tuning tuning() {
        return this.tuning;
    }

    /** All plans so far, in the order in which they came. */
    public Collection<MethodPlan> plans() {
        return List.copyOf(this.plans);
    }

    /** The plans of a name: those of all methods that carry it. */
    public List<MethodPlan> named(String name) {
        return this.plans.stream().filter(plan -> plan.name().equals(name)).toList();
    }

    /** Has something done with each plan, those that are there and those that come later; it must not fail. */
    public synchronized void onEach(Consumer<? super MethodPlan> watcher) {
        this.plans.forEach(watcher);
        this.watchers.add(watcher);
    }

    synchronized void add(MethodPlan plan) {
        Runnable change = plan.prepare(this.tuning);
        if (change != null) {
            change.run();
        }
        this.plans.add(plan);
        this.watchers.forEach(watcher -> watcher.accept(plan));
    }

    /**
     * Goes on with other settings: in all plans, or, when one of them cannot have them, in none.
     *
     * @throws InvalidPlanException says which
     */
    public synchronized void tune(Tuning changed) {
        List<Runnable> changes = this.plans.stream()
                .map(plan -> plan.prepare(changed))
                .filter(Objects::nonNull)
                .toList();
        this.tuning = changed;
        changes.forEach(Runnable::run);
    }
}
