package dev.settle.chaos;

import dev.settle.CallPhase;
import dev.settle.core.CallObserver;
import java.util.ArrayList;
import java.util.List;

/** Watches calls as wholes: each ends once, and so does each of its attempts. */
final class Watchers implements CallObserver {

    private final World world;
    private final List<Watched> calls = new ArrayList<>();

    Watchers(World world) {
        this.world = world;
    }

    @Override
    public ObservedCall begin(String name) {
        Watched watched = new Watched();
        this.calls.add(watched);
        return watched;
    }

    void allEnded() {
        for (Watched call : this.calls) {
            if (call.ends != 1 || call.attemptEnds != call.attempts) {
                this.world.broken(
                        Law.SETTLES_ONCE,
                        "an observed call was told of " + call.ends + " ends, and of " + call.attemptEnds
                                + " ends of its " + call.attempts + " attempts");
            }
        }
    }

    private static final class Watched implements ObservedCall {

        private int ends;
        private int attempts;
        private int attemptEnds;
        private CallPhase last = CallPhase.RUNNING;

        @Override
        public void phase(CallPhase before, CallPhase now) {
            this.last = now;
        }

        @Override
        public ObservedAttempt attempt() {
            this.attempts++;
            return failure -> this.attemptEnds++;
        }

        @Override
        public void end(Throwable failure) {
            this.ends++;
        }

        @Override
        public String toString() {
            return this.last + " " + this.ends;
        }
    }
}
