package dev.settle.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** By hand: a worker runs when the test lets it, and the ticker looks when the test does. */
class CrewTests {

    private static final int FEW = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final Queue<Runnable> hired = new ArrayDeque<>();
    private final List<Object> done = new ArrayList<>();
    private int alarms;
    private boolean crowded;
    private final Crew crew = new Crew(this::start, () -> this.alarms++);

    private void start(Runnable worker) {
        if (this.crowded) {
            throw new RejectedExecutionException("no thread left, says the test");
        }
        this.hired.add(worker);
    }

    private void give(int tasks) {
        IntStream.range(0, tasks).forEach(i -> this.crew.execute(() -> this.done.add(i)));
    }

    private void work() {
        for (Runnable worker = this.hired.poll(); worker != null; worker = this.hired.poll()) {
            worker.run();
        }
    }

    /** The thread of the test is never seen to wait. */
    private void lookUntilItIsKept() {
        for (int i = 0; i <= Crew.PATIENCE; i++) {
            this.crew.look();
        }
    }

    @Test
    void aThousandTasksNeedAsManyWorkersAsThereAreProcessors() {
        give(1000);

        assertThat(this.hired).hasSize(FEW);
        work();
        assertThat(this.done).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void oneTaskAfterAnotherNeedsNoLook() {
        give(1);
        work();
        give(1);
        work();

        assertThat(this.done).hasSize(2);
        assertThat(this.alarms).isZero();
        assertThat(this.crew.look()).isEqualTo(Crew.REST);
    }

    @Test
    void tickerIsAskedOnceToLookWhileMoreWaits() {
        give(1000);

        assertThat(this.alarms).isEqualTo(1);
        assertThat(this.crew.look()).isEqualTo(Wheel.TICK);
        work();
        assertThat(this.crew.look()).isEqualTo(Crew.REST);
        give(FEW + 1);
        assertThat(this.alarms).as("the next time it is asked again").isEqualTo(2);
    }

    @Test
    void taskThatKeepsItsWorkerHasAnotherComeInItsPlace() {
        this.crew.execute(() -> {
            give(FEW);
            lookUntilItIsKept();
            this.hired.remove();
            work();
            this.done.add("first");
        });

        work();

        assertThat(this.done).hasSize(FEW + 1).endsWith("first");
    }

    @Test
    void workerThatIsKeptTakesUpOthersAgainWhenItIsFree() {
        this.crew.execute(() -> {
            give(1000);
            lookUntilItIsKept();
            this.hired.clear();
        });

        // All others are gone, says the test: there is only this one.
        this.hired.remove().run();

        assertThat(this.done).as("it may not, as long as the others count").isEmpty();
        lookUntilItIsKept();
        work();
        assertThat(this.done).hasSize(1000);
    }

    @Test
    void whileAllAreKeptTwiceAsManyCome() {
        give(1000);
        List<Integer> coming = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            this.hired.clear();
            lookUntilItIsKept();
            coming.add(this.hired.size());
        }

        assertThat(coming.get(0)).isEqualTo(2 * FEW);
        assertThat(coming).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void taskForWhichThereIsNoThreadIsRefusedAndNotKept() {
        this.crowded = true;

        assertThatThrownBy(() -> give(1)).isInstanceOf(RejectedExecutionException.class);

        this.crowded = false;
        give(1);
        work();
        assertThat(this.done).hasSize(1);
    }

    @Test
    void lookThatFindsNoThreadTriesAgain() {
        give(1000);
        this.hired.clear();
        this.crowded = true;
        lookUntilItIsKept();
        this.crowded = false;
        assertThat(this.hired).isEmpty();

        this.crew.look();

        work();
        assertThat(this.done).hasSize(1000);
    }

    @Test
    void taskThatThrowsIsToldToItsThreadAndKeepsNobodyFromTheirs() {
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((where, failure) -> this.done.add(failure.getMessage()));
        try {
            this.crew.execute(() -> {
                throw new IllegalStateException("broken");
            });
            give(1);
            work();
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }

        assertThat(this.done).containsExactly("broken", 0);
    }

    @Test
    void interruptThatATaskLeavesBehindIsNotTheNextOnes() {
        this.crew.execute(() -> Thread.currentThread().interrupt());
        this.crew.execute(() -> this.done.add(Thread.currentThread().isInterrupted()));

        work();

        assertThat(this.done).containsExactly(false);
    }
}
