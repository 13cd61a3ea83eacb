package dev.settle.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.Logs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TrampolineTests {

    private final List<String> done = new ArrayList<>();

    @Test
    void runsAtOnceOnThisThread() {
        List<Thread> threads = new ArrayList<>();

        Trampoline.run(() -> threads.add(Thread.currentThread()));

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void runsWhatATaskLeadsToAfterIt() {
        Trampoline.run(() -> {
            Trampoline.run(() -> this.done.add("inner"));
            this.done.add("outer");
        });

        assertThat(this.done).containsExactly("outer", "inner");
    }

    @Test
    void keepsTheOrderInWhichTasksCame() {
        Trampoline.run(() -> {
            Trampoline.run(() -> {
                this.done.add("first");
                Trampoline.run(() -> this.done.add("third"));
            });
            Trampoline.run(() -> this.done.add("second"));
        });

        assertThat(this.done).containsExactly("first", "second", "third");
    }

    @Test
    void taskThatThrowsKeepsNoOtherFromRunning() {
        try (Logs logs = new Logs(Trampoline.class)) {
            Trampoline.run(() -> {
                Trampoline.run(() -> this.done.add("inner"));
                throw new IllegalStateException("nobody's outcome");
            });
            Trampoline.run(() -> this.done.add("next"));

            assertThat(this.done).containsExactly("inner", "next");
            assertThat(logs.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.getThrown()).hasMessage("nobody's outcome"));
        }
    }

    @Test
    void taskAfterOneThatHasEndedRunsAtOnceAgain() {
        Trampoline.run(() -> {});

        Trampoline.run(() -> this.done.add("now"));

        assertThat(this.done).containsExactly("now");
    }

    @Test
    void otherThreadsHaveTheirOwn() {
        Trampoline.run(() -> {
            CompletableFuture.runAsync(() -> Trampoline.run(() -> this.done.add("other thread")))
                    .join();
            this.done.add("this thread");
        });

        assertThat(this.done).containsExactly("other thread", "this thread");
    }

    @Test
    void chainOfAnyLengthLeavesTheStackFlat() {
        int[] left = {1_000_000};

        Trampoline.run(new Runnable() {
            @Override
            public void run() {
                if (left[0]-- > 0) {
                    Trampoline.run(this);
                }
            }
        });

        assertThat(left[0]).isEqualTo(-1);
    }
}
