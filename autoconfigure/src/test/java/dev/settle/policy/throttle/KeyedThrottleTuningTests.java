package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Throttle.Excess;
import dev.settle.annotation.Throttle.Type;
import dev.settle.core.Provider;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The settings change where there is a limit for each key; a key is kept for as long as its starts count by the new ones. */
class KeyedThrottleTuningTests {

    private static final int MANY = 1_000_000;

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time).thenAnswers("7.30");
    private final KeyedThrottle throttle = throttle(Type.SLIDING);

    private KeyedThrottle throttle(Type type) {
        return KeyedThrottle.of(1, millis(100), type, Excess.WAIT, MANY, this.time);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private CompletableFuture<String> call(String key) {
        return this.throttle.call(key, this.provider);
    }

    private void advance(long millis) {
        this.time.advance(millis(millis));
    }

    @AfterEach
    void noKeyAndNoTimerIsLeft() {
        assertThat(this.throttle.keys()).isZero();
        assertThat(this.time.pending()).isZero();
    }

    @Test
    void eachKeyThatIsInUseGoesByTheNewLimit() {
        call("a");
        call("b");
        CompletableFuture<String> secondA = call("a");
        CompletableFuture<String> secondB = call("b");

        this.throttle.tune(2, millis(100));

        assertThat(secondA).isDone();
        assertThat(secondB).isDone();
        assertThat(call("a")).isNotDone();
        advance(200);
    }

    @Test
    void aKeyThatComesLaterGoesByTheNewLimit() {
        this.throttle.tune(2, millis(100));

        assertThat(call("a")).isDone();
        assertThat(call("a")).isDone();
        assertThat(call("a")).isNotDone();
        advance(200);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsKeptForTheLongerWindow(Type type) {
        KeyedThrottle keyed = throttle(type);
        keyed.call("a", this.provider);

        keyed.tune(1, millis(300));

        advance(299);
        assertThat(keyed.keys()).isOne();
        advance(1);
        assertThat(keyed.keys()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsKeptForTheShorterWindowOnly(Type type) {
        KeyedThrottle keyed = throttle(type);
        keyed.call("a", this.provider);

        keyed.tune(1, millis(50));

        advance(49);
        assertThat(keyed.keys()).isOne();
        advance(1);
        assertThat(keyed.keys()).isZero();
    }

    @Test
    void aKeyThatTheShorterWindowHasNothingOfIsForgottenAtOnce() {
        call("a");
        advance(60);
        call("b");

        this.throttle.tune(1, millis(50));

        assertThat(this.throttle.keys()).isOne();
        advance(50);
    }

    @Test
    void aKeyWithALineIsKeptUntilThatIsOver() {
        call("a");
        CompletableFuture<String> second = call("a");

        this.throttle.tune(1, millis(300));
        advance(300);

        assertThat(second).isDone();
        assertThat(this.throttle.keys()).isOne();
        advance(300);
    }

    @Test
    void itsStateIsHowManyKeysThereAre() {
        call("a");
        call("b");
        call("b");

        assertThat(this.throttle.step().state()).isEqualTo(Map.of("keys", 2L));
        advance(200);
    }
}
