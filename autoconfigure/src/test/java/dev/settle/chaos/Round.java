package dev.settle.chaos;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One round: a seed makes a plan, and then everything that happens; at the end the laws are looked after once more. */
final class Round {

    private static final int MOST_ACTIONS = 80;

    private final World world;
    private final BaseLine baseLine;
    private final boolean mayWait;
    private boolean closed;

    private Round(World world, boolean mayWait, BaseLine baseLine) {
        this.world = world;
        this.mayWait = mayWait;
        this.baseLine = baseLine;
    }

    /** What a round was like. */
    record Report(
            long seed,
            int calls,
            int attempts,
            Map<String, Integer> outcomes,
            List<Finding> findings,
            List<String> story) {}

    static Report run(long seed) {
        return run(seed, Flaw.NONE);
    }

    static Report run(long seed, Flaw flaw) {
        World world = new World(seed, flaw);
        // Looking at all threads takes longer than a round.
        new Round(world, flaw.mayWait(), seed % 4 == 3 ? new BaseLine() : null).play();
        Map<String, Integer> outcomes = new TreeMap<>();
        world.callers().forEach(caller -> outcomes.merge(Outcomes.kind(caller.value, caller.failure), 1, Integer::sum));
        int attempts =
                world.callers().stream().mapToInt(caller -> caller.jobs.size()).sum();
        return new Report(seed, world.callers().size(), attempts, outcomes, world.findings(), world.story());
    }

    private void play() {
        int actions = this.world.dice().between(10, MOST_ACTIONS);
        for (int i = 0; i < actions; i++) {
            act();
            atRest();
        }
        if (this.baseLine != null) {
            this.baseLine.check(this.world);
        }
        new Ending(this.world).play();
    }

    private void act() {
        Dice dice = this.world.dice();
        int what = dice.between(0, 99);
        if (what < 42) {
            call();
        } else if (what < 65) {
            advance(dice.millis(0, 30));
        } else if (what < 81) {
            settleOne();
        } else if (what < 90) {
            this.world.calling().giveUpOne();
        } else if (what < 94) {
            tune();
        } else if (what < 96) {
            advance(dice.one(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofDays(400)));
        } else if (what == 96) {
            this.world.log("abort of all");
            this.world.application().abortAll(AbortReason.application("the actuator"));
        } else if (what == 97) {
            stop();
        } else {
            advance(Duration.ZERO);
        }
    }

    private void call() {
        Calling calling = this.world.calling();
        if (this.mayWait && this.world.plan().neverWaits() && this.world.dice().chance(30)) {
            calling.run(calling.key());
        } else {
            calling.start(calling.key(), null);
        }
    }

    private void advance(Duration step) {
        this.world.log("time " + step);
        this.world.advance(step);
    }

    private void settleOne() {
        if (!this.world.running().isEmpty()) {
            this.world.jobs().settle(this.world.dice().one(this.world.running()));
        }
    }

    private void tune() {
        Rule<?> tuned = this.world.plan().tune();
        if (tuned != null) {
            this.world.log("tuned to " + tuned.settings());
        }
    }

    /** The application begins to stop; what runs may go on for a while. */
    private void stop() {
        if (!this.closed) {
            this.closed = true;
            this.world.log("stop");
            this.world.application().inFlight().close();
            this.world.application().stopping().abort(AbortReason.shutdown("the application stops"));
        }
    }

    private void atRest() {
        this.world.permits().atRest();
        this.world.times().atRest();
        if (World.CONTEXT.get() != null || AbortSignal.current() != AbortSignal.never()) {
            this.world.broken(Law.CONTEXT_TRAVELS, "a context is left on the thread: " + World.CONTEXT.get());
            World.CONTEXT.remove();
        }
        if (this.world.application().readsSinceStart() > 0) {
            this.world.broken(
                    Law.DECIDED_AT_START,
                    "settings were read " + this.world.application().readsSinceStart() + " times");
        }
        if (Thread.interrupted()) {
            this.world.broken(Law.WAITING_HOLDS_NO_THREAD, "an interrupt is left on the thread");
        }
    }
}
