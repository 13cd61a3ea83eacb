package dev.settle.policy.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.annotation.Throttle.Type;
import dev.settle.core.Contexts;
import dev.settle.core.InvalidSettingException;
import dev.settle.core.KeySettings;
import dev.settle.core.WaitBounds;
import dev.settle.core.Written;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written at a method becomes settings, and these a step. */
class ThrottleBindingTests {

    private final ThrottleBinding binding = new ThrottleBinding();

    @Throttle
    private static final class Least {}

    @Throttle(
            limit = 4,
            window = "1m",
            type = Type.SMOOTH,
            burst = 2,
            excess = Excess.REJECT,
            maxWait = "5s",
            queueCapacity = 20,
            key = "#id",
            maxKeys = 3)
    private static final class All {}

    @Throttle(window = "")
    private static final class Empty {}

    @Test
    void theOthersAreTheDefaults() {
        assertThat(this.binding.settings(Written.on(Least.class)))
                .isEqualTo(new ThrottleSettings(
                        1,
                        Duration.ofSeconds(1),
                        Type.SLIDING,
                        1,
                        Excess.WAIT,
                        WaitBounds.DEFAULT,
                        new KeySettings(null, 1_000_000),
                        Scope.LOCAL));
    }

    @Test
    void eachAttributeIsRead() {
        assertThat(this.binding.settings(Written.on(All.class)))
                .isEqualTo(new ThrottleSettings(
                        4,
                        Duration.ofMinutes(1),
                        Type.SMOOTH,
                        2,
                        Excess.REJECT,
                        new WaitBounds(Duration.ofSeconds(5), 20),
                        new KeySettings(Written.KEY, 3),
                        Scope.LOCAL));
    }

    @Test
    void withoutAWindowItIsRefused() {
        InvalidSettingException refused = catchThrowableOfType(
                InvalidSettingException.class, () -> this.binding.settings(Written.on(Empty.class)));

        assertThat(refused.attribute()).isEqualTo("window");
        assertThat(refused.problem()).contains("no window");
    }

    @ParameterizedTest
    @CsvSource({"WAIT,false", "REJECT,false", "SHARE,true"})
    void onlyThoseBeyondTheLimitWhoShareDo(Excess excess, boolean shares) {
        ThrottleSettings settings = new ThrottleSettings(
                1, Duration.ofSeconds(1), Type.SLIDING, 1, excess, WaitBounds.DEFAULT, KeySettings.NONE, Scope.LOCAL);

        assertThat(this.binding.shares(settings)).isEqualTo(shares);
    }

    @Test
    void whatIsCountedByCannotChange() {
        assertThat(this.binding.fixed()).containsExactlyInAnyOrder("key", "maxKeys", "scope", "type");
    }

    @Test
    void theStepIsOfItsSettings() {
        ThrottleSettings settings = this.binding.settings(Written.on(Least.class));

        assertThat(this.binding.create(settings, Contexts.of(new VirtualTime())))
                .hasToString("Throttle 1 in 1 s");
    }

    @Test
    void itIsForItsAnnotation() {
        assertThat(this.binding.policy()).isEqualTo("throttle");
        assertThat(this.binding.annotation()).isEqualTo(Throttle.class);
    }
}
