package dev.settle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.queue.KeyedStates.Pinned;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyedStatesTests {

    private final AtomicInteger made = new AtomicInteger();
    private final KeyedStates<Integer> states = new KeyedStates<>(2, this.made::incrementAndGet);

    @Test
    void allWhoUseAKeyHaveTheSameState() {
        Pinned<Integer> one = this.states.pin("a");
        Pinned<Integer> other = this.states.pin("a");

        assertThat(other).isSameAs(one);
        assertThat(one.key()).isEqualTo("a");
        assertThat(one.state()).isEqualTo(1);
        assertThat(this.made).hasValue(1);
    }

    @Test
    void equalKeysAreOneKey() {
        Pinned<Integer> one = this.states.pin(List.of("a", 1));

        assertThat(this.states.pin(new ArrayList<>(List.of("a", 1)))).isSameAs(one);
    }

    @Test
    void stateIsGoneWithTheLastWhoUsesItAndNotBefore() {
        Pinned<Integer> pinned = this.states.pin("a");
        this.states.pin("a");

        this.states.unpin(pinned);
        assertThat(this.states.size()).isEqualTo(1);
        assertThat(this.states.pin("a")).isSameAs(pinned);
        this.states.unpin(pinned);
        this.states.unpin(pinned);

        assertThat(this.states.size()).isZero();
        assertThat(this.states.pin("a")).isNotSameAs(pinned);
    }

    @Test
    void unpinningOnceTooOftenDoesNotHurtTheNextState() {
        Pinned<Integer> before = this.states.pin("a");
        this.states.unpin(before);
        Pinned<Integer> now = this.states.pin("a");

        this.states.unpin(before);

        assertThat(this.states.pin("a")).isSameAs(now);
        assertThat(this.states.size()).isEqualTo(1);
    }

    @Test
    void noMoreKeysThanAllowedAreInUse() {
        Pinned<Integer> a = this.states.pin("a");
        this.states.pin("b");

        assertThat(this.states.pin("c")).isNull();
        assertThat(this.states.pin("a")).as("a key in use").isSameAs(a);
        assertThat(this.states.size()).isEqualTo(2);
        assertThat(this.made).as("states made").hasValue(2);
    }

    @Test
    void keyThatIsFreeAgainMakesRoom() {
        Pinned<Integer> a = this.states.pin("a");
        this.states.pin("b");
        this.states.pin("c");

        this.states.unpin(a);

        assertThat(this.states.pin("c")).isNotNull();
        assertThat(this.states.pin("a")).isNull();
    }

    @Test
    void laterStatesComeLaterInTheOrder() {
        Pinned<Integer> b = this.states.pin("b");
        Pinned<Integer> a = this.states.pin("a");
        this.states.unpin(b);
        Pinned<Integer> again = this.states.pin("b");

        assertThat(b.serial()).isLessThan(a.serial());
        assertThat(a.serial()).isLessThan(again.serial());
    }

    @Test
    void everyStateInUseIsVisited() {
        this.states.pin("a");
        this.states.unpin(this.states.pin("b"));
        this.states.pin("c");
        List<Integer> visited = new ArrayList<>();

        this.states.forEach(visited::add);

        assertThat(visited).containsExactlyInAnyOrder(1, 3);
    }

    @Test
    void aHundredThousandKeysUsedOnceLeaveNothing() {
        for (int i = 0; i < 100_000; i++) {
            this.states.unpin(this.states.pin("key " + i));
        }

        assertThat(this.states.size()).isZero();
        List<Integer> visited = new ArrayList<>();
        this.states.forEach(visited::add);
        assertThat(visited).isEmpty();
    }
}
