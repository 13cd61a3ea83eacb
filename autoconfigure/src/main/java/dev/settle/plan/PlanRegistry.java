package dev.settle.plan;

import dev.settle.queue.Trampoline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    /** Plans come together: when one of them cannot have the settings of now, none does. */
    synchronized void add(Collection<MethodPlan> more) {
        changes(more, this.tuning).forEach(Runnable::run);
        for (MethodPlan plan : more) {
            this.plans.add(plan);
            this.watchers.forEach(watcher -> watcher.accept(plan));
        }
    }

    private static List<Runnable> changes(Collection<MethodPlan> plans, Tuning tuning) {
        List<Runnable> changes = new ArrayList<>();
        for (MethodPlan plan : plans) {
            Runnable change = plan.prepare(tuning);
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    /**
     * Goes on with other settings: in all plans, or, when one of them cannot have them, in none.
     *
     * <p>Who reads settings may make the beans that they name, and who makes a bean may come here with its plans: the two
     * must not wait for each other. So the settings are read before the lock is taken, and what they name is there by then;
     * should plans have come meanwhile, once more. Who is let in by the change goes on when the lock is free.
     *
     * @throws InvalidPlanException says which
     */
    public void tune(Tuning changed) {
        Trampoline.holding(() -> {
            Collection<MethodPlan> seen;
            do {
                seen = plans();
                changes(seen, changed);
            } while (!change(seen, changed));
        });
    }

    private synchronized boolean change(Collection<MethodPlan> seen, Tuning changed) {
        if (seen.size() != this.plans.size()) {
            return false;
        }
        List<Runnable> changes = changes(this.plans, changed);
        this.tuning = changed;
        changes.forEach(Runnable::run);
        return true;
    }
}
