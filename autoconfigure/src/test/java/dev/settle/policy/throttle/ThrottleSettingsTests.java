package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.settle.core.InvalidSettingException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Settings that cannot be. */
class ThrottleSettingsTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static void refused(String attribute, ThrowingCallable builder) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(builder)
                .satisfies(ex -> assertThat(ex.attribute()).isEqualTo(attribute));
    }

    @Test
    void aLimitOfNothingIsRefused() {
        refused("limit", () -> ThrottlePolicy.sliding(0, SECOND).build());
    }

    @Test
    void aWindowOfNoTimeIsRefused() {
        refused("window", () -> ThrottlePolicy.sliding(1, Duration.ZERO).build());
        refused("window", () -> ThrottlePolicy.sliding(1, SECOND.negated()).build());
    }

    @Test
    void aBurstOfNothingIsRefused() {
        refused("burst", () -> ThrottlePolicy.smooth(1, SECOND, 0).build());
    }

    @Test
    void negativeBoundsAreRefused() {
        refused(
                "maxWait",
                () -> ThrottlePolicy.sliding(1, SECOND)
                        .maxWait(SECOND.negated())
                        .build());
        refused(
                "queueCapacity",
                () -> ThrottlePolicy.sliding(1, SECOND).queueCapacity(-1).build());
    }
}
