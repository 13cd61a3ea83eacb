package dev.settle.abort;

import static dev.settle.abort.Race.between;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads that meet at one signal. */
class SignalStressTests {

    private static final int ROUNDS = 10_000;

    /** As many as take about as long as it takes another thread to come. */
    private static final int FEW = 20;

    private final AbortReason reason = AbortReason.application("one");
    private final AbortReason other = AbortReason.shutdown("other");
    private final Race race = new Race();

    @AfterEach
    void end() {
        this.race.close();
    }

    @Test
    void listenersRegisteredAgainstAnAbortRunExactlyOnce() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            AbortSource signal = new AbortSource();
            AtomicInteger runs = new AtomicInteger();
            return between(
                            () -> {
                                for (int i = 0; i < FEW; i++) {
                                    signal.onAbort(why -> runs.incrementAndGet());
                                }
                            },
                            () -> signal.abort(this.reason))
                    .then(() -> {
                        assertThat(runs).hasValue(FEW);
                        assertThat(signal.listenerCount()).isZero();
                    });
        });
    }

    @Test
    void listenersRemovedAgainstAnAbortEitherRunOrWereRemoved() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            AbortSource signal = new AbortSource();
            AtomicInteger runs = new AtomicInteger();
            AtomicInteger removals = new AtomicInteger();
            List<Registration> registrations = new ArrayList<>();
            for (int i = 0; i < FEW; i++) {
                registrations.add(0, signal.onAbort(why -> runs.incrementAndGet()));
            }
            return between(
                            () -> registrations.forEach(
                                    registration -> removals.addAndGet(registration.remove() ? 1 : 0)),
                            () -> signal.abort(this.reason))
                    .then(() -> assertThat(runs.get() + removals.get()).isEqualTo(FEW));
        });
    }

    @Test
    void oneOfTwoAbortsWins() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            AbortSource signal = new AbortSource();
            List<AbortReason> told = new ArrayList<>();
            signal.onAbort(told::add);
            AtomicReference<Boolean> first = new AtomicReference<>();
            AtomicReference<Boolean> second = new AtomicReference<>();
            return between(() -> first.set(signal.abort(this.reason)), () -> second.set(signal.abort(this.other)))
                    .then(() -> {
                        assertThat(first.get()).isNotEqualTo(second.get());
                        assertThat(told).containsExactly(first.get() ? this.reason : this.other);
                        assertThat(signal.reason()).containsSame(told.get(0));
                    });
        });
    }

    @Test
    void whoSeesTheAbortSeesTheReason() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            AbortSource signal = new AbortSource();
            ChildSource child = AbortSource.child(signal);
            AbortSignal any = AbortSignal.any(signal);
            List<AbortSignal> without = new ArrayList<>();
            return between(
                            () -> {
                                for (int i = 0; i < FEW; i++) {
                                    for (AbortSignal seen : List.of(any, child, signal)) {
                                        if (seen.aborted() && seen.reason().isEmpty()) {
                                            without.add(seen);
                                        }
                                    }
                                }
                            },
                            () -> signal.abort(this.reason))
                    .then(() -> {
                        assertThat(without).isEmpty();
                        assertThat(child.reason()).containsSame(this.reason);
                        assertThat(any.reason()).containsSame(this.reason);
                    });
        });
    }

    @Test
    void compositeMadeAgainstAnAbortAbortsAndNobodyElseIsForgotten() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            AbortSource signal = new AbortSource();
            AbortSource[] sources = new AbortSource[FEW];
            sources[0] = signal;
            for (int i = 1; i < sources.length; i++) {
                sources[i] = new AbortSource();
            }
            CompletableFuture<AbortReason> told = new CompletableFuture<>();
            AtomicReference<AbortSignal> any = new AtomicReference<>();
            return between(
                            () -> {
                                any.set(AbortSignal.any(sources));
                                AbortSource.child(signal).onAbort(told::complete);
                            },
                            () -> signal.abort(this.reason))
                    .then(() -> {
                        assertThat(any.get().reason()).containsSame(this.reason);
                        assertThat(told).isCompletedWithValue(this.reason);
                        assertThat(sources).allMatch(source -> source.listenerCount() == 0);
                    });
        });
    }

    @Test
    void compositeOfTwoSourcesThatAbortTogetherTellsOnce() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            AbortSource one = new AbortSource();
            AbortSource two = new AbortSource();
            List<AbortReason> told = new ArrayList<>();
            AbortSignal any = AbortSignal.any(one, two);
            any.onAbort(told::add);
            return between(() -> one.abort(this.reason), () -> two.abort(this.other))
                    .then(() -> {
                        assertThat(told).hasSize(1);
                        assertThat(any.reason()).containsSame(told.get(0));
                    });
        });
    }

    @Test
    void childrenMadeAgainstAnAbortAbortForTheSameReason() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            AbortSource parent = new AbortSource();
            List<ChildSource> made = new ArrayList<>();
            return between(
                            () -> {
                                for (int i = 0; i < FEW; i++) {
                                    made.add(AbortSource.child(parent));
                                }
                            },
                            () -> parent.abort(this.reason))
                    .then(() -> assertThat(made)
                            .hasSize(FEW)
                            .allMatch(child -> child.reason().orElse(null) == this.reason));
        });
    }

    @Test
    void childClosedAgainstAnAbortLeavesNothing() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            AbortSource parent = new AbortSource();
            ChildSource child = AbortSource.child(parent);
            ChildSource sibling = AbortSource.child(parent);
            return between(child::close, () -> parent.abort(this.reason)).then(() -> {
                assertThat(parent.listenerCount()).isZero();
                assertThat(sibling.reason()).containsSame(this.reason);
            });
        });
    }

    @Test
    void interruptNeverReachesWhatTheThreadDoesNext() throws Exception {
        AtomicInteger leaked = new AtomicInteger();
        this.race.repeat(ROUNDS, () -> {
            InterruptibleSection section = new InterruptibleSection();
            return between(
                    () -> {
                        for (int i = 0; i < FEW; i++) {
                            section.enter();
                            Race.spin(2);
                            section.exit();
                            leaked.addAndGet(Thread.interrupted() ? 1 : 0);
                        }
                    },
                    () -> {
                        for (int i = 0; i < FEW; i++) {
                            section.interrupt();
                        }
                    });
        });
        assertThat(leaked).hasValue(0);
    }
}
