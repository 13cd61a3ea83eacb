package dev.settle.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShutdownSettingsTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HALF_MINUTE = Duration.ofSeconds(30);

    private static ShutdownSettings settings(Duration delay, @Nullable Duration total, Map<Integer, Duration> phases) {
        return new ShutdownSettings(delay, total, HALF_MINUTE, phases, false);
    }

    @Test
    void negativeDelayIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(SECOND.negated(), null, Map.of()))
                .withMessageStartingWith("settle.shutdown.delay: PT-1S must not be negative");
    }

    @Test
    void totalOfZeroIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ZERO, Duration.ZERO, Map.of()))
                .withMessageStartingWith("settle.shutdown.total-timeout: PT0S must be positive");
    }

    @Test
    void delayThatLeavesNothingOfTheTotalIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(SECOND, SECOND, Map.of()))
                .withMessageContaining("settle.shutdown.delay: PT1S")
                .withMessageContaining("settle.shutdown.total-timeout");
    }

    @Test
    void phaseWithoutTimeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Duration.ZERO, null, Map.of(7, Duration.ZERO)))
                .withMessageStartingWith("settle.shutdown.phase-timeouts.7: PT0S must be positive");
    }

    @Test
    void limitStaysBelowWhatSpringWaits() {
        assertThat(settings(Duration.ZERO, null, Map.of()).limit(7)).isEqualTo(HALF_MINUTE.minusMillis(500));
    }

    @Test
    void limitStaysBelowAShortWaitByATenth() {
        ShutdownSettings settings = new ShutdownSettings(Duration.ZERO, null, SECOND, Map.of(), false);

        assertThat(settings.limit(7)).isEqualTo(Duration.ofMillis(900));
    }

    @Test
    void springWaitsALittleLongerForALongPhase() {
        ShutdownSettings settings = settings(Duration.ZERO, null, Map.of(7, Duration.ofMinutes(1)));

        assertThat(settings.limit(7)).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.springTimeout(7)).isEqualTo(Duration.ofMinutes(1).plusMillis(500));
        assertThat(settings.springTimeout(8)).isEqualTo(HALF_MINUTE);
    }

    @Test
    void springStillWaitsForTheBeansOfAShortPhase() {
        ShutdownSettings settings = settings(Duration.ZERO, null, Map.of(7, SECOND));

        assertThat(settings.limit(7)).isEqualTo(SECOND);
        assertThat(settings.springTimeout(7)).isEqualTo(HALF_MINUTE);
    }

    @Test
    void springWaitsLongerForAPhaseThatEndsJustBeforeItsTime() {
        ShutdownSettings settings = settings(Duration.ZERO, null, Map.of(7, HALF_MINUTE.minusMillis(100)));

        assertThat(settings.springTimeout(7)).isEqualTo(HALF_MINUTE.plusMillis(400));
    }

    @Test
    void propertiesOfTheApplicationAreRead() {
        Apps.plain()
                .withPropertyValues(
                        "spring.lifecycle.timeout-per-shutdown-phase=20s",
                        "settle.shutdown.delay=20ms",
                        "settle.shutdown.total-timeout=10m",
                        "settle.shutdown.phase-timeouts.100=5s",
                        "settle.shutdown.phase-timeouts[-100]=6s",
                        "settle.shutdown.drain-on-stop=true")
                .run(context -> assertThat(context.getBean(ShutdownSettings.class))
                        .isEqualTo(new ShutdownSettings(
                                Duration.ofMillis(20),
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(20),
                                Map.of(100, Duration.ofSeconds(5), -100, Duration.ofSeconds(6)),
                                true)));
    }

    @Test
    void badPropertyStopsTheApplication() {
        Apps.plain()
                .withPropertyValues("settle.shutdown.total-timeout=0s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("settle.shutdown.total-timeout: PT0S must be positive"));
    }
}
