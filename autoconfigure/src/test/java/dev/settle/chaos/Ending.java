package dev.settle.chaos;

import dev.settle.abort.AbortEvent;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncCleanup;
import java.time.Duration;
import java.util.ArrayList;

/** The end of a round: everything settles by itself or by shutdown, and nothing is left behind. */
final class Ending {

    private final World world;

    Ending(World world) {
        this.world = world;
    }

    void play() {
        this.world.drain();
        if (this.world.application().stopped()) {
            shutDown();
        }
        for (int i = 0; i < 5; i++) {
            new ArrayList<>(this.world.running())
                    .forEach(job -> job.settle(this.world.facts().value(), null));
            this.world.advance(Duration.ofHours(1));
        }
        nothingIsLeft();
    }

    /** The grace is over: all callers have an outcome, whatever their work does. */
    private void shutDown() {
        this.world.log("grace is over");
        for (AsyncCleanup cleanup : this.world.application().cleanups()) {
            try {
                cleanup.cleanUp(new Event());
            } catch (Exception ex) {
                this.world.broken(Law.SETTLES_ONCE, "a cleanup failed: " + ex);
            }
        }
        this.world.application().inFlight().forEach(work -> work.abort(Event.REASON));
        for (Caller caller : this.world.pending()) {
            this.world.broken(Law.SETTLES_ONCE, caller + " is pending after shutdown");
        }
    }

    private void nothingIsLeft() {
        for (Caller caller : this.world.pending()) {
            this.world.broken(Law.SETTLES_ONCE, caller + " never settles");
        }
        for (Caller caller : this.world.callers()) {
            Object now = (caller.future == null || !caller.future.isDone() || caller.future.isCompletedExceptionally())
                    ? caller.value
                    : caller.future.join();
            if (now != caller.value) {
                this.world.broken(Law.SETTLES_ONCE, caller + " had " + caller.value + ", and has now " + now);
            }
        }
        this.world.watchers().allEnded();
        this.world.permits().atTheEnd();
        none(
                Law.SETTLES_ONCE,
                "calls in flight",
                this.world.application().inFlight().size());
        none(Law.SETTLES_ONCE, "timers", this.world.time().pending());
        none(
                Law.LEAVES_AT_ONCE,
                "listeners of a long-lived signal",
                this.world.application().session().listening());
        if (!this.world.application().stopped()) {
            none(
                    Law.LEAVES_AT_ONCE,
                    "listeners of shutdown",
                    this.world.application().stopping().listening());
        }
    }

    private void none(Law law, String what, int left) {
        if (left != 0) {
            this.world.broken(law, left + " " + what + " are left");
        }
    }

    private record Event() implements AbortEvent {

        private static final AbortReason REASON = AbortReason.shutdown("the grace is over");

        @Override
        public AbortReason reason() {
            return REASON;
        }

        @Override
        public Duration remaining() {
            return Duration.ZERO;
        }

        @Override
        public AbortSignal hard() {
            return AbortSignal.never();
        }
    }
}
