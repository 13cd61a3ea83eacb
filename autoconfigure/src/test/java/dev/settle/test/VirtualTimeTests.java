package dev.settle.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VirtualTimeTests {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final VirtualTime time = new VirtualTime();
    private final List<String> fired = new ArrayList<>();

    @Test
    void standsStillUntilTheTestMovesIt() {
        long start = this.time.nanoTime();
        assertThat(this.time.nanoTime()).isEqualTo(start);

        this.time.advance(Duration.ofSeconds(2));

        assertThat(this.time.nanoTime() - start).isEqualTo(2 * SECOND);
    }

    @Test
    void timerFiresWhenItIsDueAndNotBefore() {
        this.time.schedule(SECOND, () -> this.fired.add("due"));

        this.time.advance(Duration.ofNanos(SECOND - 1));
        assertThat(this.fired).isEmpty();

        this.time.advance(Duration.ofNanos(1));
        assertThat(this.fired).containsExactly("due");
    }

    @Test
    void timerFiresOnce() {
        this.time.schedule(SECOND, () -> this.fired.add("due"));

        this.time.advance(Duration.ofSeconds(1));
        this.time.advance(Duration.ofSeconds(1));

        assertThat(this.fired).containsExactly("due");
    }

    @Test
    void timersFireInTheOrderInWhichTheyAreDue() {
        this.time.schedule(3, () -> this.fired.add("3"));
        this.time.schedule(1, () -> this.fired.add("1"));
        this.time.schedule(2, () -> this.fired.add("2"));

        this.time.advance(Duration.ofNanos(3));

        assertThat(this.fired).containsExactly("1", "2", "3");
    }

    @Test
    void equalTimersFireInTheOrderInWhichTheyWereScheduled() {
        for (String name : List.of("a", "b", "c")) {
            this.time.schedule(SECOND, () -> this.fired.add(name));
        }

        this.time.advance(Duration.ofSeconds(1));

        assertThat(this.fired).containsExactly("a", "b", "c");
    }

    @Test
    void timerSeesTheTimeAtWhichItIsDue() {
        long start = this.time.nanoTime();
        List<Long> seen = new ArrayList<>();
        this.time.schedule(SECOND, () -> seen.add(this.time.nanoTime() - start));

        this.time.advance(Duration.ofSeconds(5));

        assertThat(seen).containsExactly(SECOND);
        assertThat(this.time.nanoTime() - start).isEqualTo(5 * SECOND);
    }

    @Test
    void timerThatATimerArmsFiresInTheSameMoveWhenItIsDue() {
        this.time.schedule(SECOND, () -> {
            this.fired.add("first");
            this.time.schedule(SECOND, () -> this.fired.add("second"));
            this.time.schedule(5 * SECOND, () -> this.fired.add("too far"));
        });

        this.time.advance(Duration.ofSeconds(2));

        assertThat(this.fired).containsExactly("first", "second");
        assertThat(this.time.pending()).isEqualTo(1);
    }

    @Test
    void timerOfZeroOrLessFiresAtTheNextRun() {
        this.time.schedule(0, () -> this.fired.add("zero"));
        this.time.schedule(-SECOND, () -> this.fired.add("less"));
        assertThat(this.fired).isEmpty();

        this.time.run();

        assertThat(this.fired).containsExactly("zero", "less");
    }

    @Test
    void runMovesNoTime() {
        long start = this.time.nanoTime();
        this.time.schedule(1, () -> this.fired.add("not yet"));

        this.time.run();

        assertThat(this.time.nanoTime()).isEqualTo(start);
        assertThat(this.fired).isEmpty();
    }

    @Test
    void cancelledTimerDoesNotFireAndIsGone() {
        TimeSource.Timer timer = this.time.schedule(SECOND, () -> this.fired.add("cancelled"));
        this.time.schedule(SECOND, () -> this.fired.add("other"));
        assertThat(this.time.pending()).isEqualTo(2);

        timer.cancel();
        timer.cancel();

        assertThat(this.time.pending()).isEqualTo(1);
        this.time.advance(Duration.ofSeconds(1));
        assertThat(this.fired).containsExactly("other");
    }

    @Test
    void timerMayCancelAnotherThatIsDueAtTheSameTime() {
        List<TimeSource.Timer> behind = new ArrayList<>();
        this.time.schedule(SECOND, () -> behind.get(0).cancel());
        behind.add(this.time.schedule(SECOND, () -> this.fired.add("behind")));

        this.time.advance(Duration.ofSeconds(1));

        assertThat(this.fired).isEmpty();
    }

    @Test
    void firedTimerIsNotPending() {
        this.time.schedule(SECOND, () -> this.fired.add("pending " + this.time.pending()));

        this.time.advance(Duration.ofSeconds(1));

        assertThat(this.fired).containsExactly("pending 0");
    }

    @Test
    void readingsMayWrapAround() {
        VirtualTime nearTheEnd = new VirtualTime(Long.MAX_VALUE - 1);
        nearTheEnd.schedule(10, () -> this.fired.add("after the wrap"));
        nearTheEnd.schedule(1, () -> this.fired.add("before the wrap"));

        nearTheEnd.advance(Duration.ofNanos(9));
        assertThat(this.fired).containsExactly("before the wrap");

        nearTheEnd.advance(Duration.ofNanos(1));
        assertThat(this.fired).containsExactly("before the wrap", "after the wrap");
    }

    @Test
    void endlessTimerStaysBehindAllOthers() {
        this.time.schedule(Nanos.FOREVER, () -> this.fired.add("endless"));
        this.time.schedule(SECOND, () -> this.fired.add("soon"));

        this.time.advance(Duration.ofDays(36_500));

        assertThat(this.fired).containsExactly("soon");
    }

    @Test
    void timeNeverGoesBackThoughATimerMovesItFurther() {
        long start = this.time.nanoTime();
        this.time.schedule(SECOND, () -> this.time.advance(Duration.ofSeconds(10)));

        this.time.advance(Duration.ofSeconds(2));

        assertThat(this.time.nanoTime() - start).isEqualTo(11 * SECOND);
    }

    @Test
    void negativeMoveMovesNothing() {
        long start = this.time.nanoTime();

        this.time.advance(Duration.ofSeconds(-1));

        assertThat(this.time.nanoTime()).isEqualTo(start);
    }

    @Test
    void failureOfATimerReachesTheTestAndLosesNoOtherTimer() {
        this.time.schedule(1, () -> {
            throw new IllegalStateException("expected by the test");
        });
        this.time.schedule(2, () -> this.fired.add("other"));

        assertThatIllegalStateException().isThrownBy(() -> this.time.advance(Duration.ofNanos(5)));
        this.time.advance(Duration.ofNanos(1));

        assertThat(this.fired).containsExactly("other");
    }

    @Test
    void manyTimersAreCancelledQuickly() {
        List<TimeSource.Timer> timers = new ArrayList<>();
        for (int i = 0; i < 300_000; i++) {
            timers.add(this.time.schedule(SECOND + i, () -> this.fired.add("never")));
        }

        // Backwards: a list that is searched from its head would take minutes.
        for (int i = timers.size() - 1; i >= 0; i--) {
            timers.get(i).cancel();
        }

        assertThat(this.time.pending()).isZero();
    }
}
