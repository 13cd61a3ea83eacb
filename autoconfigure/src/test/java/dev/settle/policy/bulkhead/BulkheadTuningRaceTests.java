package dev.settle.policy.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Race;
import dev.settle.annotation.Scope;
import dev.settle.core.KeySettings;
import dev.settle.core.PlannedMethod;
import dev.settle.core.StepPolicy;
import dev.settle.core.WaitBounds;
import dev.settle.queue.PermitLine;
import dev.settle.test.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The number of permits changes at the moment at which calls come, end and give up. */
@Tag("race")
class BulkheadTuningRaceTests {

    private static final int ROUNDS = Integer.getInteger("race.rounds", 5_000);
    private static final String KEY = "EUR";

    private static BulkheadSettings settings(int permits, KeySettings keys) {
        return new BulkheadSettings(permits, WaitBounds.DEFAULT, keys, Scope.LOCAL);
    }

    /** Calls of a method with two permits: the first two run, the others wait. */
    private static final class Scene {

        private final BulkheadStep step = new BulkheadStep(settings(2, KeySettings.NONE), new VirtualTime());
        private final PlannedMethod method = PlannedMethod.with(new StepPolicy(this.step) {});
        private final AtomicInteger running = new AtomicInteger();
        private final List<CompletableFuture<String>> works = new ArrayList<>();
        private final List<CompletableFuture<String>> calls = new ArrayList<>();

        Scene(int callers) {
            for (int i = 0; i < callers; i++) {
                this.works.add(new CompletableFuture<>());
                this.calls.add(null);
            }
        }

        Scene present(int callers) {
            for (int i = 0; i < callers; i++) {
                comes(i);
            }
            return this;
        }

        void comes(int caller) {
            this.calls.set(caller, this.method.start(() -> {
                this.running.incrementAndGet();
                return this.works.get(caller);
            }));
        }

        void ends(int caller) {
            this.works.get(caller).complete("7.30");
        }

        void tune(int permits) {
            this.step.tune(settings(permits, KeySettings.NONE));
        }

        /** Ends all; each call must have an outcome then, and every permit be back. */
        void assertNoPermitIsLostOrDoubled(int permits) {
            this.works.forEach(one -> one.complete("7.30"));
            assertThat(this.calls).allMatch(CompletableFuture::isDone);
            assertThat(this.step.state())
                    .isEqualTo(Map.of("permits", (long) permits, "free", (long) permits, "waiting", 0L));
        }
    }

    @Test
    void raisedWhileAPermitComesBackAndSomebodyComes() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                Scene scene = new Scene(6).present(5);
                return Race.between(() -> scene.tune(3), () -> scene.ends(0), () -> scene.comes(5))
                        .then(() -> {
                            assertThat(scene.running).hasValue(4);
                            scene.assertNoPermitIsLostOrDoubled(3);
                        });
            });
        }
    }

    @Test
    void loweredWhileAPermitComesBackAndSomebodyGivesUp() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                Scene scene = new Scene(5).present(5);
                return Race.between(
                                () -> scene.tune(1),
                                () -> scene.ends(0),
                                () -> scene.calls.get(2).cancel(true))
                        .then(() -> scene.assertNoPermitIsLostOrDoubled(1));
            });
        }
    }

    @Test
    void loweredAndRaisedWhileCallsEnd() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                Scene scene = new Scene(8).present(8);
                Race.Act tuning = () -> {
                    scene.tune(1);
                    scene.tune(4);
                };
                return Race.between(tuning, () -> scene.ends(0), () -> scene.ends(1))
                        .then(() -> {
                            assertThat(scene.running).hasValue(6);
                            scene.assertNoPermitIsLostOrDoubled(4);
                        });
            });
        }
    }

    @Test
    void ofTwoWhoResizeAtOnceTheLastWordIsThatOfTheSettings() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                AtomicInteger wanted = new AtomicInteger(2);
                PermitLine line = new PermitLine(2);
                Race.Act one = () -> {
                    wanted.incrementAndGet();
                    line.resize(wanted::get);
                };
                return Race.between(one, one).then(() -> {
                    assertThat(line.permits()).isEqualTo(4);
                    assertThat(line.free()).isEqualTo(4);
                });
            });
        }
    }

    @Test
    void aKeyThatIsMadeMeanwhileHasTheNewNumber() throws Exception {
        try (Race race = new Race()) {
            race.repeat(ROUNDS, () -> {
                KeySettings keys = new KeySettings(call -> KEY, 10);
                BulkheadStep step = new BulkheadStep(settings(1, keys), new VirtualTime());
                PlannedMethod method = PlannedMethod.with(new StepPolicy(step) {});
                AtomicInteger running = new AtomicInteger();
                CompletableFuture<String> work = new CompletableFuture<>();
                Race.Act caller = () -> method.start(() -> {
                    running.incrementAndGet();
                    return work;
                });
                return Race.between(() -> step.tune(settings(3, keys)), caller).then(() -> {
                    for (int i = 0; i < 4; i++) {
                        caller.run();
                    }
                    assertThat(running).hasValue(3);
                    work.complete("7.30");
                    assertThat(running).hasValue(5);
                    assertThat(step.state()).containsEntry("keys", 0L);
                });
            });
        }
    }
}
