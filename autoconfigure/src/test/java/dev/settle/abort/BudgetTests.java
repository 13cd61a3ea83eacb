package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.time.Nanos;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BudgetTests {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void lastStepHasAll() {
        assertThat(Budget.reserve(10 * SECOND, 10 * SECOND, 0)).isZero();
    }

    @Test
    void tenthOfTheTotalIsKeptForEachStepToCome() {
        assertThat(Budget.reserve(SECOND, SECOND, 1)).isEqualTo(SECOND / 10);
        assertThat(Budget.reserve(SECOND, SECOND, 3)).isEqualTo(3 * SECOND / 10);
    }

    @Test
    void atMostASecondIsKeptForEach() {
        assertThat(Budget.reserve(60 * SECOND, 60 * SECOND, 2)).isEqualTo(2 * SECOND);
    }

    @Test
    void atMostHalfOfWhatIsLeftIsKept() {
        assertThat(Budget.reserve(SECOND, 10 * SECOND, 5)).isEqualTo(SECOND / 2);
        assertThat(Budget.reserve(SECOND, SECOND, Integer.MAX_VALUE)).isEqualTo(SECOND / 2);
        assertThat(Budget.reserve(Nanos.FOREVER, Nanos.FOREVER, Integer.MAX_VALUE))
                .isPositive();
    }

    @Test
    void nothingIsKeptOfNothing() {
        assertThat(Budget.reserve(0, SECOND, 3)).isZero();
        assertThat(Budget.reserve(0, 0, 3)).isZero();
    }
}
