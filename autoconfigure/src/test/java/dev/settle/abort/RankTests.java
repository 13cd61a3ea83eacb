package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RankTests {

    @Test
    void higherPhaseComesFirst() {
        assertThat(new Rank(10, 9)).isLessThan(new Rank(9, 0));
        assertThat(new Rank(Integer.MAX_VALUE, 0)).isLessThan(new Rank(Integer.MIN_VALUE, 0));
    }

    @Test
    void lowerPriorityComesFirstInAPhase() {
        assertThat(new Rank(10, 0)).isLessThan(new Rank(10, 1));
    }

    @Test
    void samePhaseAndPriorityIsTheSameRank() {
        assertThat(new Rank(10, 1)).isEqualByComparingTo(new Rank(10, 1));
    }
}
