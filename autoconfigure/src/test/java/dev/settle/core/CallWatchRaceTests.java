package dev.settle.core;

import static dev.settle.abort.Race.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallPhase;
import dev.settle.abort.Race;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Threads that meet at one observed call: its phases form a chain, and nothing comes after its end, which comes once. */
@Tag("race")
class CallWatchRaceTests {

    private static final int ROUNDS = Integer.getInteger("race.rounds", 5_000);

    private final Race race = new Race();

    @AfterEach
    void end() {
        this.race.close();
    }

    private static void assertChain(List<String> journal) {
        String phase = "RUNNING";
        for (String line : journal.subList(1, journal.size() - 1)) {
            assertThat(line).startsWith(phase + ">");
            phase = line.substring(phase.length() + 1);
        }
        assertThat(journal.get(journal.size() - 1)).startsWith("ends");
    }

    /** A call that goes nowhere by itself. */
    private static final class Held {

        private final Watcher watcher = new Watcher();
        private final AtomicReference<Call> call = new AtomicReference<>();
        private final CompletableFuture<Object> outcome = new CompletableFuture<>();
        private final CompletableFuture<Object> future = PlannedMethod.with(Steps.policy((made, next) -> {
                    this.call.set(made);
                    return this.outcome;
                }))
                .observedBy(this.watcher)
                .start(() -> CompletableFuture.completedFuture("never called"));

        void waitsAndRuns() {
            this.call.get().phase(CallPhase.WAITING_RETRY);
            this.call.get().phase(CallPhase.RUNNING);
            this.call.get().phase(CallPhase.WAITING_BULKHEAD);
        }
    }

    @Test
    void changesOfPhaseMeetTheEnd() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Held held = new Held();
            return between(held::waitsAndRuns, () -> held.outcome.complete("7.30"))
                    .then(() -> assertChain(held.watcher.journal(1)));
        });
    }

    @Test
    void changesOfPhaseMeetEachOther() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Held held = new Held();
            return between(held::waitsAndRuns, held::waitsAndRuns).then(() -> {
                held.outcome.complete("7.30");
                assertChain(held.watcher.journal(1));
            });
        });
    }

    @Test
    void theOutcomeMeetsTheCallersCancel() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Held held = new Held();
            return between(() -> held.outcome.complete("7.30"), () -> held.future.cancel(true))
                    .then(() -> {
                        String end = held.future.isCancelled() ? "ends CANCELLED" : "ends SUCCESS";
                        assertThat(held.watcher.journal(1)).containsExactly("begins prices.find", end);
                    });
        });
    }
}
