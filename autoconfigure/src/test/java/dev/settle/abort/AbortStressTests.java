package dev.settle.abort;

import static dev.settle.abort.Outcomes.await;
import static dev.settle.abort.Outcomes.outcome;
import static dev.settle.abort.Outcomes.settled;
import static dev.settle.abort.Race.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.test.VirtualTime;
import dev.settle.time.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads that meet at one settlement. */
class AbortStressTests {

    private static final int ROUNDS = 10_000;

    /** As many as take about as long as it takes another thread to come. */
    private static final int FEW = 10;

    private final AbortReason reason = AbortReason.application("one");
    private final AbortReason other = AbortReason.shutdown("other");
    private final Race race = new Race();

    @AfterEach
    void end() {
        this.race.close();
    }

    /** What each meeting has for itself. */
    private static final class Stage implements AbortListener {

        private final VirtualTime time = new VirtualTime();
        private final AtomicInteger runs = new AtomicInteger();
        private final AtomicInteger told = new AtomicInteger();
        private final AtomicReference<CompletableFuture<AbortReport>> settlement = new AtomicReference<>();
        private final AsyncAbortController controller;

        Stage() {
            this(Runnable::run);
        }

        Stage(Executor executor) {
            this.controller = AsyncAbortController.builder()
                    .time(this.time)
                    .executor(executor)
                    .listener(this)
                    .build();
        }

        AsyncCleanup counting() {
            return event -> {
                this.runs.incrementAndGet();
                return null;
            };
        }

        void abort(AbortReason reason) {
            this.settlement.set(this.controller.abortAsync(reason));
        }

        AbortReport report() {
            AbortReport report = settled(this.settlement.get());
            assertThat(this.time.pending()).as("timers left").isZero();
            return report;
        }

        @Override
        public void entrySettled(AbortGroup group, AbortReport.Entry entry) {
            this.told.incrementAndGet();
        }
    }

    @Test
    void twoAbortsAreOneSettlement() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Stage stage = new Stage();
            AtomicReference<CompletableFuture<AbortReport>> second = new AtomicReference<>();
            stage.controller.onAbort("first", stage.counting());
            stage.controller.nextGroup().onAbort("second", stage.counting());
            return between(() -> stage.abort(this.reason), () -> second.set(stage.controller.abortAsync(this.other)))
                    .then(() -> {
                        AbortReport report = stage.report();
                        assertThat(settled(second.get())).isEqualTo(report);
                        assertThat(report.counts()).containsExactly(Map.entry(Outcome.COMPLETED, 2L));
                        assertThat(stage.runs).hasValue(2);
                        assertThat(stage.controller.signal().reason().orElseThrow())
                                .isIn(this.reason, this.other);
                    });
        });
    }

    @Test
    void cleanupsRegisteredAgainstAnAbortRunExactlyOnce() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Stage stage = new Stage();
            return between(
                            () -> {
                                for (int i = 0; i < FEW; i++) {
                                    stage.controller.onAbort("cleanup", stage.counting());
                                }
                            },
                            () -> stage.abort(this.reason))
                    .then(() -> {
                        assertThat(stage.report().settled()).isTrue();
                        assertThat(stage.runs).hasValue(FEW);
                        assertThat(stage.controller.report().entries())
                                .hasSize(FEW)
                                .extracting(AbortReport.Entry::outcome)
                                .containsAnyOf(Outcome.COMPLETED, Outcome.LATE)
                                .isSubsetOf(Outcome.COMPLETED, Outcome.LATE);
                    });
        });
    }

    @Test
    void cleanupsRemovedAgainstAnAbortEitherRunOrWereRemoved() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Stage stage = new Stage();
            AtomicInteger removals = new AtomicInteger();
            List<Registration> registrations = new ArrayList<>();
            for (int i = 0; i < FEW; i++) {
                registrations.add(0, stage.controller.onAbort("cleanup", stage.counting()));
            }
            HandCleanup last = new HandCleanup();
            stage.controller.onAbort("last", last);
            return between(
                            () -> registrations.forEach(registration -> {
                                // Twice, as a try block inside a finally would.
                                removals.addAndGet(registration.remove() ? 1 : 0);
                                removals.addAndGet(registration.remove() ? 1 : 0);
                            }),
                            () -> stage.abort(this.reason))
                    .then(() -> {
                        assertThat(stage.runs.get() + removals.get()).isEqualTo(FEW);
                        assertThat(stage.settlement.get())
                                .as("the last is pending")
                                .isNotDone();
                        last.finish();
                        assertThat(stage.report().pending()).isEmpty();
                    });
        });
    }

    @Test
    void endAgainstTheDeadlineHasOneOutcome() throws Exception {
        Duration limit = Duration.ofSeconds(1);
        this.race.repeat(ROUNDS, () -> {
            Stage stage = new Stage();
            CompletableFuture<String> cleanup = new CompletableFuture<>();
            stage.controller.onAbort("cleanup", limit, event -> Stages.followingOnly(cleanup));
            stage.abort(this.reason);
            return between(() -> cleanup.complete("done"), () -> stage.time.advance(limit))
                    .then(() -> {
                        assertThat(outcome(stage.report(), "cleanup")).isIn(Outcome.COMPLETED, Outcome.TIMED_OUT);
                        assertThat(stage.told).hasValue(1);
                    });
        });
    }

    @Test
    void shorterLimitIsNeverLost() throws Exception {
        Duration limit = Duration.ofSeconds(1);
        this.race.repeat(ROUNDS, () -> {
            Stage stage = new Stage();
            AtomicReference<CompletableFuture<AbortReport>> shorter = new AtomicReference<>();
            stage.controller.onAbort("hung", new HandCleanup());
            return between(
                            () -> stage.abort(this.reason),
                            () -> shorter.set(stage.controller.abortAsync(this.other, limit)))
                    .then(() -> {
                        stage.time.advance(limit);
                        assertThat(outcome(stage.report(), "hung")).isEqualTo(Outcome.TIMED_OUT);
                        assertThat(shorter.get()).isCompleted();
                    });
        });
    }

    @Test
    void operationStartedAgainstAnAbortIsToldOrRefused() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Stage stage = new Stage();
            AtomicReference<CompletableFuture<String>> caller = new AtomicReference<>();
            return between(
                            () -> caller.set(stage.controller.track("operation", signal -> {
                                CompletableFuture<String> operation = new CompletableFuture<>();
                                signal.onAbort(why -> operation.complete("told"));
                                return operation;
                            })),
                            () -> stage.abort(this.reason))
                    .then(() -> {
                        assertThat(stage.report().settled()).isTrue();
                        assertThat(caller.get()).isDone();
                        Object end = caller.get()
                                .handle((value, failure) -> (failure != null) ? failure.getClass() : value)
                                .join();
                        assertThat(end).isIn("told", CallRejectedException.class);
                        assertThat(stage.controller.inFlight().size()).isZero();
                    });
        });
    }

    @Test
    void groupMadeAgainstAnAbortIsSettled() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Stage stage = new Stage();
            AbortGroup group = stage.controller.phase(3);
            return between(
                            () -> {
                                group.nextGroup().onAbort("next", stage.counting());
                                stage.controller.phase(9).onAbort("higher", stage.counting());
                                stage.controller.phase(-9).onAbort("lower", stage.counting());
                            },
                            () -> stage.abort(this.reason))
                    .then(() -> {
                        assertThat(stage.report().settled()).isTrue();
                        assertThat(stage.runs).hasValue(3);
                        assertThat(stage.controller.openPhases()).isEmpty();
                    });
        });
    }

    @Test
    void stepsAndWholeSettleTogether() throws Exception {
        Duration limit = Duration.ofSeconds(9);
        this.race.repeat(ROUNDS / 5, () -> {
            Stage stage = new Stage(Workers.shared());
            List<CompletableFuture<AbortReport>> others = new CopyOnWriteArrayList<>();
            for (int phase = 5; phase > 0; phase--) {
                stage.controller.phase(phase).onAbort("cleanup " + phase, stage.counting());
            }
            return between(
                            () -> others.add(stage.controller.settleDownTo(4, this.reason, limit)),
                            () -> others.add(stage.controller.settleDownTo(2, this.reason, limit)),
                            () -> others.add(stage.controller.phase(3).abortAsync(this.reason)),
                            () -> stage.abort(this.reason))
                    .then(() -> {
                        assertThat(await(stage.settlement.get()).pending()).isEmpty();
                        for (CompletableFuture<AbortReport> settlement : others) {
                            await(settlement);
                        }
                        assertThat(stage.runs).hasValue(5);
                    });
        });
    }

    @Test
    void drainWaitsForNestedWorkThatMeetsIt() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            InFlight inFlight = new InFlight();
            SilentWork outer = new SilentWork();
            SilentWork nested = new SilentWork();
            AtomicReference<CompletableFuture<Void>> drained = new AtomicReference<>();
            inFlight.enter(outer);
            return between(
                            () -> {
                                inFlight.enterNested(nested);
                                inFlight.exit(outer, false);
                            },
                            () -> drained.set(inFlight.close()))
                    .then(() -> {
                        assertThat(drained.get()).isNotDone();
                        inFlight.exit(nested, false);
                        assertThat(drained.get()).isCompleted();
                    });
        });
    }

    @Test
    void idlenessWaitsForNestedWorkThatMeetsIt() throws Exception {
        this.race.repeat(5 * ROUNDS, () -> {
            InFlight inFlight = new InFlight();
            SilentWork outer = new SilentWork();
            SilentWork nested = new SilentWork();
            AtomicReference<CompletableFuture<Void>> idle = new AtomicReference<>();
            inFlight.enter(outer);
            return between(
                            () -> {
                                inFlight.enterNested(nested);
                                inFlight.exit(outer, false);
                            },
                            () -> idle.set(inFlight.idle()))
                    .then(() -> {
                        assertThat(idle.get()).isNotDone();
                        inFlight.exit(nested, false);
                        assertThat(idle.get()).isCompleted();
                    });
        });
    }

    @Test
    void workThatMeetsADrainIsRefusedOrWaitedFor() throws Exception {
        this.race.repeat(5 * ROUNDS, () -> {
            InFlight inFlight = new InFlight();
            SilentWork work = new SilentWork();
            AtomicReference<CompletableFuture<Void>> drained = new AtomicReference<>();
            AtomicReference<Boolean> entered = new AtomicReference<>();
            return between(() -> entered.set(inFlight.enter(work)), () -> drained.set(inFlight.close()))
                    .then(() -> {
                        assertThat(drained.get().isDone()).isEqualTo(!entered.get());
                        inFlight.exit(work, false);
                        assertThat(drained.get()).isCompleted();
                    });
        });
    }

    @Test
    void endOfTheWorkIsNeverMissed() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            InFlight inFlight = new InFlight();
            SilentWork work = new SilentWork();
            AtomicReference<CompletableFuture<Void>> drained = new AtomicReference<>();
            AtomicReference<CompletableFuture<Void>> idle = new AtomicReference<>();
            inFlight.enter(work);
            return between(
                            () -> inFlight.exit(work, false),
                            () -> drained.set(inFlight.close()),
                            () -> idle.set(inFlight.idle()))
                    .then(() -> {
                        assertThat(drained.get()).isCompleted();
                        assertThat(idle.get()).isCompleted();
                    });
        });
    }

    @Test
    void drainThatMeetsAReopeningIsNotLeftWaiting() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            InFlight inFlight = new InFlight();
            SilentWork work = new SilentWork();
            inFlight.enter(work);
            CompletableFuture<Void> drained = inFlight.close();
            return between(() -> inFlight.exit(work, false), () -> inFlight.openUnless(() -> false))
                    .then(() -> {
                        assertThat(drained).isDone();
                        assertThat(inFlight.closed()).isFalse();
                    });
        });
    }

    private static final class SilentWork extends WorkInFlight {}
}
