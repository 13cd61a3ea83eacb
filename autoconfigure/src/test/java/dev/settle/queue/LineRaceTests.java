package dev.settle.queue;

import static dev.settle.abort.Race.between;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.abort.Race;
import dev.settle.queue.BrokenLine.Flaw;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads that meet at a line, and the proof that these races find what is broken. */
@Tag("race")
class LineRaceTests {

    private static final int ROUNDS = Integer.getInteger("race.rounds", 5_000);

    /** As many as a flaw has to show itself; it takes far fewer. */
    private static final int ENOUGH = 20_000;

    private final Race race = new Race();

    @AfterEach
    void end() {
        this.race.close();
    }

    /** Gives way, also where there is but one processor. */
    private static void window() {
        Thread.yield();
    }

    @ParameterizedTest
    @EnumSource
    void lineHoldsInEveryRace(LineRace who) throws Exception {
        this.race.repeat(ROUNDS, () -> who.at(Line::real));
    }

    @Test
    void whoBecomesTooHeavyWhileComingIsRefused() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            LineScene scene = new LineScene(Line.real(2));
            scene.tryEnter(1);
            LineScene.Visitor heavy = scene.visitor(2);
            LineScene.Visitor light = scene.visitor();
            return between(() -> scene.line().resize(1), heavy::comes).then(() -> {
                assertThat(heavy.isIn()).isFalse();
                light.comes();
                scene.exit(1);
                assertThat(light.isIn()).isTrue();
                scene.line().resize(2);
                scene.ends(2);
            });
        });
    }

    @ParameterizedTest
    @EnumSource
    void copyWithoutFlawHoldsInEveryRace(LineRace who) throws Exception {
        this.race.repeat(
                ROUNDS / 10, () -> who.at(permits -> new BrokenLine(permits, Flaw.NONE, LineRaceTests::window)));
    }

    @ParameterizedTest
    @CsvSource({
        "RELEASE_LOOKS_BEFORE_IT_ADDS, RELEASE_AGAINST_ENTER",
        "ENTER_LOOKS_BEFORE_IT_TELLS, RELEASE_AGAINST_ENTER",
        "LEAVE_FORGETS_THE_NEXT, LEAVE_OF_THE_FIRST_AGAINST_ENTER",
        "WAITER_WITHOUT_CAS, LEAVE_AGAINST_GRANT",
        "PERMIT_OF_THE_LOSER_IS_LOST, LEAVE_AGAINST_GRANT",
        "CLOSE_EMPTIES_FIRST, CLOSE_AGAINST_ENTER",
        "RESIZE_FORGETS_THE_WAITERS, MORE_PERMITS_AGAINST_ENTER",
        "TRY_ENTER_OVERTAKES, RELEASE_AGAINST_TRY_ENTER"
    })
    void raceFindsTheFlaw(Flaw flaw, LineRace who) {
        Throwable found = catchThrowable(() -> this.race.repeat(
                ENOUGH, () -> who.at(permits -> new BrokenLine(permits, flaw, LineRaceTests::window))));

        assertThat(found instanceof ExecutionException ? found.getCause() : found)
                .as("what the race found")
                .isInstanceOf(AssertionError.class);
    }
}
