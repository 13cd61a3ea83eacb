package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSource.Child;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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
        for (int round = 0; round < ROUNDS; round++) {
            AbortSource signal = new AbortSource();
            AtomicInteger runs = new AtomicInteger();

            this.race.run(
                    () -> {
                        for (int i = 0; i < FEW; i++) {
                            signal.onAbort(why -> runs.incrementAndGet());
                        }
                    },
                    () -> signal.abort(this.reason));

            assertThat(runs).hasValue(FEW);
            assertThat(signal.listenerCount()).isZero();
        }
    }

    @Test
    void listenersRemovedAgainstAnAbortEitherRunOrWereRemoved() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AbortSource signal = new AbortSource();
            AtomicInteger runs = new AtomicInteger();
            AtomicInteger removals = new AtomicInteger();
            List<Registration> registrations = new ArrayList<>();
            for (int i = 0; i < FEW; i++) {
                registrations.add(0, signal.onAbort(why -> runs.incrementAndGet()));
            }

            this.race.run(
                    () -> registrations.forEach(registration -> {
                        if (registration.remove()) {
                            removals.incrementAndGet();
                        }
                    }),
                    () -> signal.abort(this.reason));

            assertThat(runs.get() + removals.get()).isEqualTo(FEW);
        }
    }

    @Test
    void oneOfTwoAbortsWins() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AbortSource signal = new AbortSource();
            List<AbortReason> told = new ArrayList<>();
            signal.onAbort(told::add);

            List<Boolean> won = this.race.run(List.of(() -> signal.abort(this.reason), () -> signal.abort(this.other)));

            assertThat(won).containsExactlyInAnyOrder(true, false);
            assertThat(told).containsExactly(won.get(0) ? this.reason : this.other);
            assertThat(signal.reason()).containsSame(told.get(0));
        }
    }

    @Test
    void whoSeesTheAbortSeesTheReason() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AbortSource signal = new AbortSource();
            AbortSignal any = AbortSignal.any(signal);
            Child child = AbortSource.child(signal);
            AtomicReference<AbortReason> seen = new AtomicReference<>();

            this.race.run(
                    () -> {
                        while (!child.aborted()) {
                            Thread.yield();
                        }
                        seen.set(child.reason().orElse(null));
                    },
                    () -> signal.abort(this.reason));

            assertThat(seen).hasValue(this.reason);
            assertThat(any.reason()).containsSame(this.reason);
        }
    }

    @Test
    void compositeMadeAgainstAnAbortAbortsAndNobodyElseIsForgotten() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AbortSource signal = new AbortSource();
            AbortSource[] sources = new AbortSource[FEW];
            sources[0] = signal;
            for (int i = 1; i < sources.length; i++) {
                sources[i] = new AbortSource();
            }
            CompletableFuture<AbortReason> told = new CompletableFuture<>();
            AtomicReference<AbortSignal> any = new AtomicReference<>();

            this.race.run(
                    () -> {
                        any.set(AbortSignal.any(sources));
                        AbortSource.child(signal).onAbort(told::complete);
                    },
                    () -> signal.abort(this.reason));

            assertThat(any.get().reason()).containsSame(this.reason);
            assertThat(told).isCompletedWithValue(this.reason);
            for (AbortSource source : sources) {
                assertThat(source.listenerCount()).isZero();
            }
        }
    }

    @Test
    void compositeOfTwoSourcesThatAbortTogetherTellsOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AbortSource one = new AbortSource();
            AbortSource two = new AbortSource();
            List<AbortReason> told = new ArrayList<>();
            AbortSignal any = AbortSignal.any(one, two);
            any.onAbort(told::add);

            this.race.run(() -> one.abort(this.reason), () -> two.abort(this.other));

            assertThat(told).hasSize(1);
            assertThat(any.reason()).containsSame(told.get(0));
        }
    }

    @Test
    void childrenMadeAgainstAnAbortAbortForTheSameReason() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AbortSource parent = new AbortSource();
            List<Child> made = new ArrayList<>();

            this.race.run(
                    () -> {
                        for (int i = 0; i < FEW; i++) {
                            made.add(AbortSource.child(parent));
                        }
                    },
                    () -> parent.abort(this.reason));

            assertThat(made).hasSize(FEW).allMatch(child -> child.reason().orElse(null) == this.reason);
        }
    }

    @Test
    void childClosedAgainstAnAbortLeavesNothing() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AbortSource parent = new AbortSource();
            Child child = AbortSource.child(parent);
            Child sibling = AbortSource.child(parent);

            this.race.run(child::close, () -> parent.abort(this.reason));

            assertThat(parent.listenerCount()).isZero();
            assertThat(sibling.reason()).containsSame(this.reason);
        }
    }

    @Test
    void interruptNeverReachesWhatTheThreadDoesNext() throws Exception {
        AtomicInteger leaked = new AtomicInteger();
        for (int round = 0; round < ROUNDS; round++) {
            InterruptibleSection section = new InterruptibleSection();
            AtomicBoolean out = new AtomicBoolean();

            this.race.run(
                    () -> {
                        section.enter();
                        while (!Thread.currentThread().isInterrupted()) {
                            Thread.yield();
                        }
                        section.exit();
                        leaked.addAndGet(Thread.interrupted() ? 1 : 0);
                        out.set(true);
                    },
                    () -> {
                        while (!out.get()) {
                            section.interrupt();
                            Thread.yield();
                        }
                    });
        }
        assertThat(leaked).hasValue(0);
    }
}
