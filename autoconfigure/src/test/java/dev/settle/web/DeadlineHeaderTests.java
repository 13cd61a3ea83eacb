package dev.settle.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.RequestSource;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineHeaderTests {

    private final VirtualTime time = new VirtualTime();
    private final DeadlineHeader header = new DeadlineHeader("X-Left");

    @Test
    void valueIsTakenAsMilliseconds() {
        assertThat(this.header.parse("1500")).isEqualTo(Duration.ofMillis(1500));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "0", "000", "-1", "+5", "5s", "1.5", "0x10", "soon", "٣", "9999999999999999"})
    void valueThatMakesNoSenseIsIgnored(String value) {
        assertThat(this.header.parse(value)).isNull();
    }

    @Test
    void valueThatIsVeryLargeIsADay() {
        assertThat(this.header.parse("999999999999999")).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void timeLeftIsSent() {
        assertThat(this.header.value(RequestSource.of(this.time, Duration.ofMillis(1500))))
                .contains("1500");
    }

    @Test
    void timeThatHasPassedIsNotSentAsUnlimited() {
        RequestSource signal = RequestSource.of(this.time, Duration.ofMillis(1500));
        signal.close();
        this.time.advance(Duration.ofSeconds(2));

        assertThat(this.header.value(signal)).contains("1");
    }

    @Test
    void nothingIsSentWithoutADeadline() {
        assertThat(this.header.value(AbortSignal.never())).isEmpty();
    }

    @Test
    void nothingIsSentForWorkThatGoesOnAfterAnAbort() {
        RequestSource signal = RequestSource.of(this.time, Duration.ofMillis(1500));
        signal.abort(AbortReason.application("enough"));

        assertThat(this.header.value(signal)).isEmpty();
    }
}
