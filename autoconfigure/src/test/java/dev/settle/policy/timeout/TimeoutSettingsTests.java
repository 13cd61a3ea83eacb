package dev.settle.policy.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.settle.core.InvalidSettingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutSettingsTests {

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-0.000000001S"})
    void aLimitThatIsNotPositiveIsRefusedWithItsNameAndValue(String limit) {
        InvalidSettingException refused =
                catchThrowableOfType(InvalidSettingException.class, () -> TimeoutPolicy.of(Duration.parse(limit)));

        assertThat(refused.attribute()).isEqualTo("value");
        assertThat(refused.problem()).contains(limit);
        assertThat(refused.remedy()).contains("positive");
    }

    @Test
    void theShortestLimitIsAllowed() {
        assertThat(TimeoutPolicy.of(Duration.ofNanos(1))).hasToString("Timeout(ATTEMPT) 1 ns");
    }
}
