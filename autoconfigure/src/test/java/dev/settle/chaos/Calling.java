package dev.settle.chaos;

import dev.settle.abort.AbortSignal;
import dev.settle.core.Calls;
import java.util.List;

/** How calls are made, and what their callers do when they go on. */
final class Calling {

    private static final List<Object> KEYS = List.of("kx1", "kx2", List.of("kx1", "kx3"), List.of("kx3", "kx1"));

    private final World world;
    private final Outcomes outcomes;
    private int depth;

    Calling(World world) {
        this.world = world;
        this.outcomes = new Outcomes(world);
    }

    private Caller caller(Object key, boolean sync, Caller parent) {
        Caller caller = new Caller(this.world, this.world.callers().size(), key, sync, parent);
        this.world.callers().add(caller);
        this.world.log((sync ? "synchronous call " : "call ") + caller + (parent == null ? "" : " inside " + parent));
        return caller;
    }

    Object key() {
        return this.world.dice().chance(3) ? null : this.world.dice().one(KEYS);
    }

    /** A call whose outcome is that of a future. */
    Caller start(Object key, Caller parent) {
        Caller caller = caller(key, false, parent);
        String outer = World.CONTEXT.get();
        World.CONTEXT.set(String.valueOf(caller.id));
        this.depth++;
        try {
            caller.future = Calls.async(
                    this.world.application().site(), this.world.application().chain(), caller, passed(caller));
            caller.future.whenComplete((value, failure) -> goesOn(caller, value, failure));
        } catch (Throwable ex) {
            this.world.broken(Law.SETTLES_ONCE, caller + " got no future but " + ex);
            caller.settled = true;
        } finally {
            this.depth--;
            World.CONTEXT.set(outer);
        }
        return caller;
    }

    private AbortSignal passed(Caller caller) {
        return switch (caller.id % 3) {
            case 0 -> AbortSignal.never();
            case 1 -> this.world.application().session();
            default -> caller.own;
        };
    }

    /** A call on this thread. */
    void run(Object key) {
        Caller caller = caller(key, true, null);
        World.CONTEXT.set(String.valueOf(caller.id));
        Patience patience = Patience.begin();
        try {
            Object value = Calls.sync(
                    this.world.application().site(), this.world.application().chain(), caller, passed(caller));
            goesOn(caller, value, null);
        } catch (Throwable ex) {
            goesOn(caller, null, ex);
        } finally {
            patience.close();
            World.CONTEXT.remove();
        }
        if (patience.lost()) {
            Thread.interrupted();
            this.world.broken(Law.SETTLES_ONCE, caller + " did not come back");
        } else if (Thread.interrupted()) {
            this.world.broken(Law.WAITING_HOLDS_NO_THREAD, "an interrupt is left behind by " + caller);
        }
    }

    private void goesOn(Caller caller, Object value, Throwable failure) {
        if (caller.settled) {
            this.world.broken(Law.SETTLES_ONCE, caller + " goes on twice");
        }
        caller.settled = true;
        caller.value = value;
        caller.failure = failure;
        this.world.log(
                caller + " has " + (failure == null ? value : failure.getClass().getSimpleName()));
        this.world.userCode("what " + caller + " does next", caller);
        if (!caller.byItself && AbortSignal.current() != caller.around) {
            this.world.broken(Law.CONTEXT_TRAVELS, caller + " goes on with a signal that is not its own");
        }
        this.world.permits().goesOn(caller);
        this.outcomes.check(caller);
        if (this.depth < 3 && !this.world.draining()) {
            goOn();
        }
    }

    /** A caller that goes on may call again, or give another one up. */
    private void goOn() {
        this.depth++;
        try {
            if (this.world.dice().chance(5)) {
                start(key(), null);
            } else if (this.world.dice().chance(3)) {
                giveUpOne();
            }
        } finally {
            this.depth--;
        }
    }

    void giveUpOne() {
        List<Caller> pending = this.world.pending().stream()
                .filter(caller -> caller.future != null && !caller.future.isDone())
                .toList();
        if (!pending.isEmpty()) {
            giveUp(this.world.dice().one(pending));
        }
    }

    private void giveUp(Caller caller) {
        caller.givenUp = true;
        Job running = caller.lastJob();
        // Another abort may be telling one after another, and come to this one later.
        boolean onItsWay = running != null && running.signal().aborted();
        this.world.log("giving up " + caller);
        switch (this.world.dice().between(0, 4)) {
            case 0 -> {
                Throwable failure = this.world.facts().failure(new IllegalStateException("by caller"));
                as(caller, () -> caller.future.completeExceptionally(failure));
            }
            case 1 -> as(caller, () -> caller.future.complete(this.world.facts().value()));
            case 2 -> {
                if (caller.id % 3 == 2) {
                    caller.own.abort(dev.settle.abort.AbortReason.callerCancelled("by its own signal"));
                } else {
                    caller.future.cancel(false);
                }
            }
            default -> caller.future.cancel(true);
        }
        // A signal that aborts inside the telling of another abort of the same call leaves it to that one to tell the
        // rest.
        boolean toldByAnother = caller.own.aborted() && (onItsWay || this.depth > 0);
        if (!caller.settled && !toldByAnother) {
            this.world.broken(Law.SETTLES_ONCE, caller + " was given up, and has not settled");
        }
        if (!onItsWay) {
            reached(caller);
        }
    }

    /** Who completes its own future goes on in the context that it has. */
    private static void as(Caller caller, Runnable task) {
        String outer = World.CONTEXT.get();
        World.CONTEXT.set(String.valueOf(caller.id));
        caller.byItself = true;
        try {
            task.run();
        } finally {
            World.CONTEXT.set(outer);
        }
    }

    /** What nobody wants any more has been cancelled. */
    private void reached(Caller caller) {
        Plan plan = this.world.plan();
        Job job = caller.lastJob();
        boolean always = !plan.shares()
                && (plan.attempt == null || always(plan.attempt))
                && (plan.total == null || always(plan.total));
        if (always && job != null && job.missed()) {
            this.world.broken(Law.OWN_FUTURE, "the work of " + caller + " goes on, and was not cancelled");
        }
    }

    private static boolean always(Rule<dev.settle.policy.timeout.TimeoutSettings> rule) {
        return rule.settings().cancel() && !rule.tuned();
    }
}
