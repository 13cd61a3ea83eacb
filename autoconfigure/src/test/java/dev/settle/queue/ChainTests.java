package dev.settle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChainTests {

    private final Chain<Link> chain = new Chain<>();
    private final Link one = new Link();
    private final Link two = new Link();
    private final Link three = new Link();

    @Test
    void keepsTheOrderOfArrival() {
        addAll();

        assertThat(this.chain.toList()).containsExactly(this.one, this.two, this.three);
        assertThat(this.chain.size()).isEqualTo(3);
    }

    @Test
    void startsEmpty() {
        assertThat(this.chain.size()).isZero();
        assertThat(this.chain.toList()).isEmpty();
        assertThat(this.chain.poll()).isNull();
    }

    @Test
    void pollTakesTheFirst() {
        addAll();

        assertThat(this.chain.poll()).isSameAs(this.one);
        assertThat(this.chain.toList()).containsExactly(this.two, this.three);
    }

    @Test
    void nodesLeaveFromAnywhere() {
        addAll();

        assertThat(this.chain.remove(this.two)).isTrue();
        assertThat(this.chain.toList()).containsExactly(this.one, this.three);
        assertThat(this.chain.remove(this.three)).isTrue();
        assertThat(this.chain.remove(this.one)).isTrue();
        assertThat(this.chain.size()).isZero();
        assertThat(this.chain.poll()).isNull();
    }

    @Test
    void nodeLeavesOnce() {
        addAll();

        this.chain.remove(this.two);

        assertThat(this.chain.remove(this.two)).isFalse();
        assertThat(this.chain.size()).isEqualTo(2);
    }

    @Test
    void polledNodeHasLeft() {
        addAll();
        this.chain.poll();

        assertThat(this.chain.remove(this.one)).isFalse();
    }

    @Test
    void nodeThatNeverWasInIsNotRemoved() {
        addAll();

        assertThat(this.chain.remove(new Link())).isFalse();
    }

    @Test
    void nodeThatHasLeftMayComeAgain() {
        addAll();
        this.chain.remove(this.one);

        this.chain.add(this.one);

        assertThat(this.chain.toList()).containsExactly(this.two, this.three, this.one);
    }

    @Test
    void nodeThatHasLeftKeepsNoOther() {
        addAll();

        this.chain.remove(this.two);

        assertThat(this.two.previous).isNull();
        assertThat(this.two.next).isNull();
    }

    private void addAll() {
        this.chain.add(this.one);
        this.chain.add(this.two);
        this.chain.add(this.three);
    }

    private static final class Link extends Chain.Node {}
}
