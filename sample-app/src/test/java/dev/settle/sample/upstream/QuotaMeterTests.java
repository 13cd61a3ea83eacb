package dev.settle.sample.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.test.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class QuotaMeterTests {

    private final VirtualTime time = new VirtualTime();
    private final QuotaMeter meter = new QuotaMeter(new Quota(2, Duration.ofSeconds(1)), this.time);

    @Test
    void takesAsManyAsTheQuotaAndSaysHowLongToStayAway() {
        assertThat(this.meter.take()).isZero();
        this.time.advance(Duration.ofMillis(300));
        assertThat(this.meter.take()).isZero();
        assertThat(this.meter.take()).isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void takesAgainWhenTheOldestIsAWindowAgo() {
        this.meter.take();
        this.time.advance(Duration.ofMillis(999));
        this.meter.take();
        assertThat(this.meter.take()).isEqualTo(Duration.ofMillis(1));
        this.time.advance(Duration.ofMillis(1));
        assertThat(this.meter.take()).isZero();
        assertThat(this.meter.take()).isEqualTo(Duration.ofMillis(999));
    }
}
