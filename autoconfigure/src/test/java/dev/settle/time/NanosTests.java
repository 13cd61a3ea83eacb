package dev.settle.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NanosTests {

    @Test
    void durationsAreNanoseconds() {
        assertThat(Nanos.of(Duration.ofSeconds(2, 3))).isEqualTo(2_000_000_003L);
        assertThat(Nanos.of(Duration.ZERO)).isZero();
    }

    @Test
    void negativeDurationsAreZero() {
        assertThat(Nanos.of(Duration.ofNanos(-1))).isZero();
        assertThat(Nanos.of(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
    }

    @Test
    void endlessDurationsAreForEverAndDoNotOverflow() {
        assertThat(Nanos.of(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Nanos.FOREVER);
        assertThat(Nanos.of(Duration.ofDays(146 * 366))).isEqualTo(Nanos.FOREVER);
        assertThat(Nanos.of(Duration.ofDays(145 * 365))).isLessThan(Nanos.FOREVER);
    }

    @Test
    void timeBetweenTwoReadingsIsTheirDifference() {
        assertThat(Nanos.between(5, 12)).isEqualTo(Duration.ofNanos(7));
    }

    @Test
    void timeBetweenReadingsHoldsWhileTheyWrapAround() {
        assertThat(Nanos.between(Long.MAX_VALUE - 1, Long.MIN_VALUE + 1)).isEqualTo(Duration.ofNanos(3));
    }

    @Test
    void timeBackwardsIsZero() {
        assertThat(Nanos.between(12, 5)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 ms",
        "PT-1S, 0 ms",
        "PT0.000005S, 5 us",
        "PT0.3S, 300 ms",
        "PT1.5S, 1500 ms",
        "PT2S, 2 s",
        "PT10S, 10 s",
        "PT12.34S, 12.3 s",
        "PT60S, 60 s"
    })
    void durationsArePutIntoWords(Duration duration, String words) {
        assertThat(Nanos.words(duration)).isEqualTo(words);
    }
}
