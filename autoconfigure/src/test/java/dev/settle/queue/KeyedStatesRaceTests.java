package dev.settle.queue;

import static dev.settle.abort.Race.between;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.abort.Race;
import dev.settle.abort.Race.Meeting;
import dev.settle.queue.KeyedStates.Pinned;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Threads that meet at the state of one key, and the proof that these races find what is broken. */
@Tag("race")
class KeyedStatesRaceTests {

    private static final int ROUNDS = Integer.getInteger("race.rounds", 5_000);

    /** As many as a flaw has to show itself; it takes far fewer. */
    private static final int ENOUGH = 20_000;

    private final Race race = new Race();

    @AfterEach
    void end() {
        this.race.close();
    }

    /** What the race knows of states: of the real ones, and of a copy that is broken. */
    private interface States<P> {

        P pin(String key);

        void unpin(P pinned);

        int size();
    }

    /** The last unpins while another pins: whoever comes then has the same state as the other. */
    private static <P> Meeting pinAgainstUnpin(States<P> states) {
        P first = states.pin("key");
        AtomicReference<P> second = new AtomicReference<>();
        return between(() -> states.unpin(first), () -> second.set(states.pin("key")))
                .then(() -> {
                    P third = states.pin("key");
                    assertThat(third).as("the state of a key in use").isSameAs(second.get());
                    states.unpin(third);
                    states.unpin(second.get());
                    assertThat(states.size()).isZero();
                });
    }

    @Test
    void keyInUseHasOneState() throws Exception {
        this.race.repeat(ROUNDS, () -> pinAgainstUnpin(new Real(1)));
    }

    @Test
    void raceFindsAStateThatIsDroppedWhileInUse() {
        Throwable found = catchThrowable(() -> this.race.repeat(ENOUGH, () -> pinAgainstUnpin(new Dropping())));

        assertThat(found instanceof ExecutionException ? found.getCause() : found)
                .as("what the race found")
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void keyIsMadeOnce() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Real states = new Real(1);
            AtomicReference<Object> one = new AtomicReference<>();
            AtomicReference<Object> other = new AtomicReference<>();
            return between(() -> one.set(states.pin("key")), () -> other.set(states.pin("key")))
                    .then(() -> assertThat(one.get()).isNotNull().isSameAs(other.get()));
        });
    }

    @Test
    void asManyKeysAsAllowedAreInUse() throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Real states = new Real(2);
            AtomicInteger pinned = new AtomicInteger();
            return between(
                            () -> pinned.addAndGet(states.pin("a") == null ? 0 : 1),
                            () -> pinned.addAndGet(states.pin("b") == null ? 0 : 1),
                            () -> pinned.addAndGet(states.pin("c") == null ? 0 : 1))
                    .then(() -> {
                        assertThat(pinned).hasValue(2);
                        assertThat(states.size()).isEqualTo(2);
                    });
        });
    }

    private static final class Real implements States<Pinned<Object>> {

        private final KeyedStates<Object> states;

        Real(int maxKeys) {
            this.states = new KeyedStates<>(maxKeys, Object::new);
        }

        @Override
        public Pinned<Object> pin(String key) {
            return this.states.pin(key);
        }

        @Override
        public void unpin(Pinned<Object> pinned) {
            this.states.unpin(pinned);
        }

        @Override
        public int size() {
            return this.states.size();
        }
    }

    /** Counts its users, and drops a state when there are none, but not as one step. */
    private static final class Dropping implements States<AtomicInteger> {

        private final ConcurrentHashMap<String, AtomicInteger> users = new ConcurrentHashMap<>();

        @Override
        public AtomicInteger pin(String key) {
            AtomicInteger pinned = this.users.computeIfAbsent(key, same -> new AtomicInteger());
            pinned.incrementAndGet();
            return pinned;
        }

        @Override
        public void unpin(AtomicInteger pinned) {
            if (pinned.decrementAndGet() == 0) {
                Thread.yield();
                this.users.values().remove(pinned);
            }
        }

        @Override
        public int size() {
            return this.users.size();
        }
    }
}
