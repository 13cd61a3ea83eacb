package dev.settle.core;

import static dev.settle.abort.Race.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.Listeners;
import dev.settle.abort.Race;
import dev.settle.abort.Race.Act;
import dev.settle.abort.Race.Meeting;
import dev.settle.queue.PermitLine;
import dev.settle.test.VirtualTime;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wait ends once, and nothing of it is left, whatever ends it and whenever. */
@Tag("race")
class WaitingCallRaceTests {

    private static final int ROUNDS = Integer.getInteger("race.rounds", 5_000);

    private final Race race = new Race();

    @AfterEach
    void end() {
        this.race.close();
    }

    /** What ends a wait. */
    enum End {
        GRANT(scene -> () -> scene.line.release(1)),
        TIME(scene -> () -> scene.time.advance(LineCall.MAX_WAIT)),
        ABORT(scene -> () -> scene.waiting.call().signal().abort(AbortReason.callerCancelled("enough"))),
        STOPPING(scene -> () -> scene.calls.stopping().abort(AbortReason.shutdown("closing"))),
        CLOSE(scene -> scene.line::close);

        private final Function<Scene, Act> act;

        End(Function<Scene, Act> act) {
            this.act = act;
        }
    }

    private static final class Scene {

        private final VirtualTime time = new VirtualTime();
        private final PermitLine line = new PermitLine(1);
        private final HandCalls calls = new HandCalls();
        private final LineCall waiting = new LineCall(this.calls.call(), this.line, this.time);

        Scene() {
            assertThat(this.line.tryEnter(1)).isTrue();
        }

        Act of(End end) {
            return end.act.apply(this);
        }

        /** Whoever has the permit by now gives it back. */
        void endsOnce(boolean granted) {
            this.time.run();
            assertThat(this.waiting.outcomes()).hasSize(1);
            if (!granted || this.waiting.outcomes().contains("in")) {
                this.line.release(1);
            }
            assertThat(this.line.free()).as("free permits").isEqualTo(1);
            assertThat(this.line.waiting()).as("in line").isZero();
            assertThat(this.time.pending()).as("timers").isZero();
            assertThat(Listeners.on(this.waiting.call().signal()))
                    .as("listeners of the call")
                    .isZero();
            assertThat(Listeners.on(this.calls.stopping()))
                    .as("listeners of the application")
                    .isZero();
        }
    }

    private static Meeting startAgainst(End end) {
        Scene scene = new Scene();
        return between(scene.waiting::waits, scene.of(end)).then(() -> {
            // A limit that has passed before it was set passes later.
            scene.time.advance(LineCall.MAX_WAIT);
            scene.endsOnce(end == End.GRANT);
        });
    }

    private static Meeting grantAgainst(End end) {
        Scene scene = new Scene();
        scene.waiting.waits();
        return between(scene.of(End.GRANT), scene.of(end)).then(() -> scene.endsOnce(true));
    }

    private static Meeting timeAgainst(End end) {
        Scene scene = new Scene();
        scene.waiting.waits();
        return between(scene.of(End.TIME), scene.of(end)).then(() -> scene.endsOnce(false));
    }

    @ParameterizedTest
    @EnumSource
    void startMeetsTheEnd(End end) throws Exception {
        this.race.repeat(ROUNDS, () -> startAgainst(end));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GRANT")
    void grantMeetsAnotherEnd(End end) throws Exception {
        this.race.repeat(ROUNDS, () -> grantAgainst(end));
    }

    @ParameterizedTest
    @EnumSource(names = {"ABORT", "STOPPING", "CLOSE"})
    void endOfTheTimeMeetsAnotherEnd(End end) throws Exception {
        this.race.repeat(ROUNDS, () -> timeAgainst(end));
    }
}
