package dev.settle.reactive;

import static dev.settle.abort.Race.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Race;
import dev.settle.abort.Race.Act;
import dev.settle.abort.Race.Meeting;
import dev.settle.core.WaitBounds;
import dev.settle.policy.bulkhead.AsyncSemaphore;
import dev.settle.policy.timeout.TimeoutPolicy;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Hooks;

/** A subscription ends once, whatever ends it and whenever, and nothing of its call is left. */
@Tag("race")
class SubscriptionRaceTests {

    private static final int ROUNDS = Math.min(2_000, Integer.getInteger("race.rounds", 2_000));

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Race race = new Race();

    @BeforeEach
    void forgetWhatIsDropped() {
        // A failure that meets the cancel may be dropped, as Reactor's own operators do it.
        Hooks.onErrorDropped(failure -> {});
    }

    @AfterEach
    void end() {
        Hooks.resetOnErrorDropped();
        this.race.close();
    }

    /** A permit, a call that has it, and one that waits for it. */
    private static final class Scene {

        private final VirtualTime time = new VirtualTime();
        private final AsyncSemaphore permits = AsyncSemaphore.of(1, WaitBounds.DEFAULT, this.time);
        private final HandSubscription first;
        private final HandSubscription second;

        Scene(boolean stream) {
            TimeoutPolicy timeout = TimeoutPolicy.of(LIMIT, true, this.time);
            this.first = new HandSubscription(stream, this.permits).started();
            this.second = new HandSubscription(stream, timeout, this.permits);
        }

        /** Only one call, with a permit. */
        Scene alone() {
            this.first.cancel();
            this.second.start();
            return this;
        }

        Scene waiting() {
            this.second.start();
            return this;
        }

        void timeout() {
            this.time.advance(LIMIT);
        }

        Act over(boolean cancelled) {
            return () -> {
                this.first.end();
                if (!cancelled) {
                    this.second.end();
                    // A limit that has passed before it was set passes later.
                    timeout();
                }
                this.time.run();
                this.first.isOver(true);
                this.second.isOver(cancelled);
                assertThat(this.permits.free()).as("free permits").isEqualTo(1);
                assertThat(this.permits.waiting()).as("in line").isZero();
                assertThat(this.time.pending()).as("timers").isZero();
            };
        }
    }

    private static Meeting meet(Scene scene, boolean cancelled, Act... actors) {
        return between(actors).then(scene.over(cancelled));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelMeetsTheGrant(boolean stream) throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Scene scene = new Scene(stream).waiting();
            return meet(scene, true, scene.second::cancel, scene.first::end);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelMeetsTheTimeoutInLine(boolean stream) throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Scene scene = new Scene(stream).waiting();
            return meet(scene, true, scene.second::cancel, scene::timeout);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theGrantMeetsTheTimeout(boolean stream) throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Scene scene = new Scene(stream).waiting();
            return meet(scene, false, scene.first::end, scene::timeout);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelMeetsTheValue(boolean stream) throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Scene scene = new Scene(stream).alone();
            return meet(scene, true, scene.second::cancel, scene.second::end);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCancelMeetsTheTimeoutOfTheWork(boolean stream) throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Scene scene = new Scene(stream).alone();
            return meet(scene, true, scene.second::cancel, scene::timeout);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theValueMeetsTheTimeout(boolean stream) throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Scene scene = new Scene(stream).alone();
            return meet(scene, false, scene.second::end, scene::timeout);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allMeet(boolean stream) throws Exception {
        this.race.repeat(ROUNDS, () -> {
            Scene scene = new Scene(stream);
            return meet(scene, true, scene.second::start, scene.first::end, scene.second::cancel, scene::timeout);
        });
    }
}
