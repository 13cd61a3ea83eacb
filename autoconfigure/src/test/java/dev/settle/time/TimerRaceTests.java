package dev.settle.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.abort.Race;
import dev.settle.time.BrokenTimers.Flaw;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads that meet at the timers, and the proof that these races find what is broken. */
@Tag("race")
class TimerRaceTests {

    private static final int ROUNDS = Integer.getInteger("race.rounds", 5_000);

    /** As many as a flaw has to show itself; it takes far fewer. */
    private static final int ENOUGH = 20_000;

    private final Race race = new Race();

    @AfterEach
    void end() {
        this.race.close();
    }

    @ParameterizedTest
    @EnumSource
    void timersHoldInEveryRace(TimerRace who) throws Exception {
        this.race.repeat(ROUNDS, () -> who.at(Clockwork.real()));
    }

    @ParameterizedTest
    @EnumSource
    void copyWithoutFlawHoldsInEveryRace(TimerRace who) throws Exception {
        this.race.repeat(ROUNDS / 10, () -> who.at(new BrokenTimers(Flaw.NONE, Thread::yield)));
    }

    @ParameterizedTest
    @CsvSource({
        "READS_THE_PROMISE_BEFORE_IT_PUSHES, ARM_AGAINST_REST",
        "COLLECTS_BEFORE_IT_PROMISES, ARM_AGAINST_REST",
        "TAKES_WITHOUT_CAS, CANCEL_AGAINST_FIRE"
    })
    void raceFindsTheFlaw(Flaw flaw, TimerRace who) {
        Throwable found =
                catchThrowable(() -> this.race.repeat(ENOUGH, () -> who.at(new BrokenTimers(flaw, Thread::yield))));

        assertThat(found instanceof ExecutionException ? found.getCause() : found)
                .as("what the race found")
                .isInstanceOf(AssertionError.class);
    }
}
