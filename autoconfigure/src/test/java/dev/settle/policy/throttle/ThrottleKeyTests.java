package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.annotation.Throttle.Type;
import dev.settle.core.Provider;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A limit for each key, which is forgotten when its starts do not count any more. */
class ThrottleKeyTests {

    private static final Duration WINDOW = Duration.ofMillis(100);
    private static final int MANY = 1_000_000;

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time).thenAnswers("7.30");
    private final KeyedThrottle throttle = KeyedThrottle.of(1, WINDOW, MANY, this.time);

    @AfterEach
    void nothingIsLeftWhenTheWindowHasPassed() {
        this.time.advance(WINDOW);
        assertThat(this.time.pending()).isZero();
        assertThat(this.throttle.keys()).isZero();
    }

    private void advance(long millis) {
        this.time.advance(Duration.ofMillis(millis));
    }

    @Test
    void eachKeyHasALimitOfItsOwn() {
        assertThat(this.throttle.call("a", this.provider)).isDone();
        assertThat(this.throttle.call("b", this.provider)).isDone();
        assertThat(this.throttle.call("a", this.provider)).isNotDone();
        assertThat(this.throttle.call("c", this.provider)).isDone();
        advance(100);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsForgottenWhenItsLastStartDoesNotCountAnyMore(Type type) {
        KeyedThrottle keyed = KeyedThrottle.of(1, WINDOW, type, Excess.WAIT, MANY, this.time);
        keyed.call("a", this.provider);

        this.time.advance(WINDOW.minusNanos(1));
        assertThat(keyed.keys()).isEqualTo(1);
        this.time.advance(Duration.ofNanos(1));
        assertThat(keyed.keys()).isZero();
    }

    @Test
    void aKeyThatIsUsedAgainIsKept() {
        this.throttle.call("a", this.provider);
        advance(50);
        CompletableFuture<String> second = this.throttle.call("a", this.provider);
        advance(50);
        assertThat(second).isDone();

        advance(99);
        assertThat(this.throttle.keys()).isEqualTo(1);
        assertThat(this.throttle.call("a", this.provider)).isNotDone();
        advance(1);
        advance(99);
        assertThat(this.throttle.keys()).isEqualTo(1);
        advance(1);
        assertThat(this.throttle.keys()).isZero();
    }

    @Test
    void aKeyWithALineIsKeptForAsLongAsTheLineLasts() {
        for (int i = 0; i < 20; i++) {
            this.throttle.call("a", this.provider);
        }

        advance(1999);

        assertThat(this.throttle.keys()).isEqualTo(1);
        assertThat(this.provider.attempts()).isEqualTo(20);
        advance(1);
        assertThat(this.throttle.keys()).isZero();
    }

    @Test
    void aKeyIsForgottenInTimeThoughOthersAreUsedAllTheTime() {
        KeyedThrottle two = KeyedThrottle.of(2, WINDOW, MANY, this.time);
        for (int i = 0; i < 50; i++) {
            two.call("always " + i, this.provider);
        }
        advance(10);
        two.call("once", this.provider);
        advance(50);
        for (int i = 0; i < 50; i++) {
            two.call("always " + i, this.provider);
        }

        advance(50);

        assertThat(two.keys()).isEqualTo(50);
        advance(50);
        assertThat(two.keys()).isZero();
    }

    @Test
    void aKeyThatIsDueEarlierThanOthersIsForgottenEarlier() {
        KeyedThrottle smooth = KeyedThrottle.of(1, WINDOW, Type.SMOOTH, Excess.WAIT, MANY, this.time);
        smooth.call("twice", this.provider);
        smooth.call("twice", this.provider);
        advance(10);
        smooth.call("once", this.provider);

        advance(100);

        assertThat(smooth.keys()).isEqualTo(1);
        advance(100);
        assertThat(smooth.keys()).isZero();
    }

    @Test
    @Tag("large")
    void aHundredThousandKeysThatAreUsedOnceLeaveNothingBehind() {
        for (int i = 0; i < 100_000; i++) {
            this.throttle.call(i, this.provider);
        }
        assertThat(this.throttle.keys()).isEqualTo(100_000);

        this.time.advance(WINDOW);

        assertThat(this.throttle.keys()).isZero();
    }

    @Test
    void aKeyOfWhichNothingHasStartedIsForgottenAtOnce() {
        KeyedThrottle full = KeyedThrottle.of(1, WINDOW, Type.SLIDING, Excess.REJECT, MANY, this.time);
        full.call("a", this.provider);
        full.call("a", this.provider);
        full.call("b", this.provider);

        advance(100);

        assertThat(full.keys()).isZero();
    }

    @Test
    void oneKeyTooManyIsRefusedUntilThereIsRoom() {
        KeyedThrottle two = KeyedThrottle.of(1, WINDOW, 2, this.time);
        two.call("a", this.provider);
        advance(10);
        two.call("b", this.provider);

        assertThat(Results.failure(two.call("c", this.provider)))
                .isInstanceOfSatisfying(CallRejectedException.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.KEYS);
                    assertThat(refused.key()).contains("c");
                });
        advance(90);
        assertThat(two.call("c", this.provider)).isCompletedWithValue("7.30");
        advance(100);
    }

    @Test
    void aKeyThatIsNullFailsTheCallAndLeavesNothingBehind() {
        CompletableFuture<String> call = this.throttle.call(null, this.provider);

        assertThat(Results.failure(call)).isInstanceOf(IllegalArgumentException.class);
        assertThat(this.throttle.keys()).isZero();
    }

    @Test
    void aRefusalKnowsItsKeyAndDoesNotTellIt() {
        KeyedThrottle full = KeyedThrottle.of(1, WINDOW, Type.SLIDING, Excess.REJECT, MANY, this.time);
        full.call("secret", this.provider);

        Throwable refusal = Results.failure(full.call("secret", this.provider));

        assertThat(((CallRejectedException) refusal).key()).contains("secret");
        assertThat(refusal).hasMessageNotContaining("secret");
    }

    @Test
    void aKeyWhoseSharedRunEverybodyHasLeftIsForgottenWithItsStart() {
        KeyedThrottle sharing = KeyedThrottle.of(1, WINDOW, Type.SLIDING, Excess.SHARE, MANY, this.time);
        sharing.call("a", this.provider);
        CompletableFuture<String> second = sharing.call("a", this.provider);
        CompletableFuture<String> third = sharing.call("a", this.provider);
        second.cancel(true);
        third.cancel(true);

        advance(100);

        assertThat(sharing.keys()).isZero();
    }

    @Test
    void aKeyWhoseSharedRunHasStartedIsForgottenWhenThatDoesNotCountAnyMore() {
        KeyedThrottle sharing = KeyedThrottle.of(1, WINDOW, Type.SLIDING, Excess.SHARE, MANY, this.time);
        sharing.call("a", this.provider);
        sharing.call("a", this.provider);
        sharing.call("a", this.provider);

        advance(199);
        assertThat(sharing.keys()).isEqualTo(1);
        advance(1);
        assertThat(sharing.keys()).isZero();
    }
}
