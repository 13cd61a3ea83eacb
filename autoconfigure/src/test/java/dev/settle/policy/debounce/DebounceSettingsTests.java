package dev.settle.policy.debounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.settle.annotation.Debounce.OnShutdown;
import dev.settle.annotation.Debounce.Running;
import dev.settle.annotation.Debounce.Superseded;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.KeySettings;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Settings that cannot be. */
class DebounceSettingsTests {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static DebounceSettings settings(Duration quiet, Duration maxWait, boolean leading, boolean trailing) {
        return new DebounceSettings(
                quiet,
                maxWait,
                leading,
                trailing,
                Superseded.SHARE,
                Running.OVERLAP,
                OnShutdown.FLUSH,
                KeySettings.NONE);
    }

    private static void refused(String attribute, ThrowingCallable settings) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(settings)
                .satisfies(ex -> assertThat(ex.attribute()).isEqualTo(attribute));
    }

    @Test
    void aNegativePauseIsRefused() {
        refused("value", () -> settings(SECOND.negated(), null, false, true));
    }

    @Test
    void aLongestWaitThatIsShorterThanThePauseIsRefused() {
        refused("maxWait", () -> settings(SECOND, Duration.ofMillis(999), false, true));
    }

    @Test
    void runningAtNeitherEdgeIsRefused() {
        refused("trailing", () -> settings(SECOND, null, false, false));
    }
}
