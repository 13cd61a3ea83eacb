package dev.settle.abort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptibleSectionTests {

    private final InterruptibleSection section = new InterruptibleSection();
    private final InterruptibleSection inner = new InterruptibleSection();

    @AfterEach
    void noInterruptIsLeft() {
        Thread.interrupted();
    }

    @Test
    void threadInsideIsInterrupted() {
        this.section.enter();
        this.section.interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> new CountDownLatch(1).await());
        this.section.exit();
    }

    @Test
    void threadOutsideIsNot() {
        this.section.interrupt();
        this.section.enter();
        this.section.exit();
        this.section.interrupt();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptThatWasNotSeenIsGoneOutside() {
        this.section.enter();
        this.section.interrupt();

        this.section.exit();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptThatSomebodyElseSentStays() {
        this.section.enter();
        Thread.currentThread().interrupt();

        this.section.exit();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void interruptThatSomebodyElseHadSentBeforeOursStays() {
        this.section.enter();
        Thread.currentThread().interrupt();
        this.section.interrupt();

        this.section.exit();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void interruptOfSomebodyElseStaysThroughBothSections() {
        this.section.enter();
        this.inner.enter();
        Thread.currentThread().interrupt();
        this.inner.interrupt();
        this.section.interrupt();

        this.inner.exit();
        this.section.exit();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void interruptOfSomebodyElseIsForgottenWithTheStretch() {
        this.section.enter();
        Thread.currentThread().interrupt();
        this.section.interrupt();
        this.section.exit();
        Thread.interrupted();

        this.section.enter();
        this.section.interrupt();
        this.section.exit();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptOfTheOutermostSectionReachesThroughAllOthers() {
        InterruptibleSection innermost = new InterruptibleSection();
        this.section.enter();
        this.inner.enter();
        innermost.enter();
        this.section.interrupt();
        innermost.interrupt();

        innermost.exit();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        this.inner.exit();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        this.section.exit();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void sectionMayBeUsedAgain() {
        this.section.enter();
        this.section.interrupt();
        this.section.exit();

        this.section.enter();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        Thread.currentThread().interrupt();
        this.section.exit();

        assertThat(Thread.currentThread().isInterrupted())
                .as("not ours the second time")
                .isTrue();
    }

    @Test
    void interruptOfTheOuterSectionReachesTheInnerOneAndStays() {
        this.section.enter();
        this.inner.enter();
        this.section.interrupt();

        this.inner.exit();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        this.section.exit();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptOfTheInnerSectionEndsWithIt() {
        this.section.enter();
        this.inner.enter();
        this.inner.interrupt();

        this.inner.exit();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        this.section.exit();
    }

    @Test
    void innerSectionDoesNotWipeOutTheInterruptOfTheOuter() {
        this.section.enter();
        this.inner.enter();
        this.section.interrupt();
        this.inner.interrupt();

        this.inner.exit();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        this.section.exit();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptOfTheOuterSectionOutlivesTheInnerWorkThatUsesItUp() {
        this.section.enter();
        this.inner.enter();
        this.section.interrupt();
        Thread.interrupted();

        this.inner.exit();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        this.section.exit();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void secondInnerSectionIsInsideTheOuterOneToo() {
        InterruptibleSection second = new InterruptibleSection();
        this.section.enter();
        this.inner.enter();
        this.inner.exit();
        second.enter();
        this.section.interrupt();
        second.interrupt();

        second.exit();

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        this.section.exit();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void framesAreThoseOfTheThreadInside() {
        assertThat(this.section.frames()).isEmpty();

        this.section.enter();
        assertThat(this.section.frames())
                .anyMatch(frame -> frame.getClassName().equals(InterruptibleSectionTests.class.getName()));

        this.section.exit();
        assertThat(this.section.frames()).isEmpty();
    }
}
