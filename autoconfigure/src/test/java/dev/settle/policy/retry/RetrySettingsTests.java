package dev.settle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.settle.core.InvalidSettingException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that cannot be are refused when the policy is built. */
class RetrySettingsTests {

    private static Arguments invalid(
            String attribute, String value, int maxRetries, UnaryOperator<RetryPolicy.Builder> settings) {
        return Arguments.of(attribute, value, settings.apply(RetryPolicy.times(maxRetries)));
    }

    static Stream<Arguments> invalid() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(
                invalid("maxRetries", "-1", -1, retry -> retry),
                invalid("maxRetries", "-2147483648", Integer.MIN_VALUE, retry -> retry),
                invalid("delay", "PT-1S", 3, retry -> retry.delay(second.negated(), second)),
                invalid("multiplier", "0.5", 3, retry -> retry.multiplier(0.5)),
                invalid("multiplier", "-2.0", 3, retry -> retry.multiplier(-2)),
                invalid("multiplier", "NaN", 3, retry -> retry.multiplier(Double.NaN)),
                invalid("multiplier", "Infinity", 3, retry -> retry.multiplier(Double.POSITIVE_INFINITY)),
                invalid("maxDelay", "PT0.999S", 3, retry -> retry.delay(second, Duration.ofMillis(999))),
                invalid(
                        "maxDuration",
                        "PT1S",
                        3,
                        retry -> retry.delay(second, second).within(second)),
                invalid("maxDuration", "PT-1S", 3, retry -> retry.within(second.negated())),
                invalid(
                        "maxDuration",
                        "PT0S",
                        3,
                        retry -> retry.delay(Duration.ZERO, second).within(Duration.ZERO)));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anInvalidSettingIsRefusedWithItsNameAndValueAndARemedy(
            String attribute, String value, RetryPolicy.Builder retry) {
        InvalidSettingException refused = catchThrowableOfType(InvalidSettingException.class, retry::build);

        assertThat(refused.attribute()).isEqualTo(attribute);
        assertThat(refused.problem()).contains(value);
        assertThat(refused.remedy()).isNotBlank();
        assertThat(refused).hasMessageContaining(attribute).hasMessageContaining(value);
    }

    @Test
    void theEdgesAreAllowed() {
        RetryPolicy retry = RetryPolicy.times(Integer.MAX_VALUE)
                .delay(Duration.ZERO, Duration.ZERO)
                .multiplier(1)
                .within(Duration.ofNanos(1))
                .build();

        assertThat(retry).hasToString("Retry 2147483647 times");
    }
}
