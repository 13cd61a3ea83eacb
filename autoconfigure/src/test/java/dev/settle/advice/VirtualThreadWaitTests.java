package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.settle.CallTimeoutException;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.CallListener;
import dev.settle.core.Calls;
import dev.settle.core.LineEvent;
import dev.settle.core.PinnedThreads;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.test.util.AopTestUtils;

/** A wait on a virtual thread gives its carrier back. */
@EnabledForJreRange(min = JRE.JAVA_21)
class VirtualThreadWaitTests {

    private static final CompletableFuture<?> NOTHING = CompletableFuture.completedFuture(null);

    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    private <T> CompletableFuture<T> onVirtualThread(Callable<T> call) {
        Executor executor = new VirtualThreadTaskExecutor("caller-");
        CompletableFuture<T> outcome = new CompletableFuture<>();
        executor.execute(() -> {
            this.threads.add(Thread.currentThread());
            try {
                outcome.complete(call.call());
            } catch (Throwable ex) {
                outcome.completeExceptionally(ex);
            }
        });
        return outcome;
    }

    private static <T> T await(CompletableFuture<T> outcome) {
        try {
            return Results.await(outcome);
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    /** A virtual thread names its carrier, if it sits on one, after its state, which may be a timed one. */
    private static boolean isOffItsCarrier(Thread thread) {
        return thread.toString().endsWith("waiting");
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsIsOffItsCarrier(Waits.Wait wait) {
        VirtualTime time = new VirtualTime();
        Startup.runner(time).withBean(Waits.class).run(context -> {
            Waits waits = context.getBean(Waits.class);
            CompletableFuture<Object> end = new CompletableFuture<>();
            if (wait.needsAnother()) {
                new Thread(() -> wait.call(waits, end), "first").start();
                Waits target = AopTestUtils.getUltimateTargetObject(waits);
                Results.until(() -> target.entered() > 0);
            }

            CompletableFuture<Boolean> second = onVirtualThread(() -> {
                wait.call(waits, end);
                return true;
            });

            Results.until(() -> this.threads.stream().anyMatch(VirtualThreadWaitTests::isOffItsCarrier));
            end.complete("done");
            Results.until(() -> {
                if (wait.needsTime()) {
                    time.advance(Duration.ofMillis(10));
                }
                return second.isDone();
            });
            assertThat(second).isCompletedWithValue(true);
        });
    }

    @Test
    void aThousandThatWaitForOnePermitSitOnNoCarrier() {
        int callers = 1000;
        CountDownLatch inLine = new CountDownLatch(callers);
        CallListener listener = event -> {
            if (event.type() == LineEvent.WAITING) {
                inLine.countDown();
            }
        };
        Startup.runner()
                .withBean(Waits.class)
                .withBean(CallListener.class, () -> listener)
                .run(context -> {
                    Waits waits = context.getBean(Waits.class);
                    CompletableFuture<Object> end = new CompletableFuture<>();
                    CompletableFuture<String> first = onVirtualThread(() -> waits.permitted(end));
                    Results.until(() -> this.threads.stream().anyMatch(VirtualThreadWaitTests::isOffItsCarrier));
                    List<CompletableFuture<String>> others = new ArrayList<>();
                    for (int i = 0; i < callers; i++) {
                        others.add(onVirtualThread(() -> waits.permitted(NOTHING)));
                    }
                    Results.await(inLine);

                    Results.until(() -> this.threads.stream().allMatch(VirtualThreadWaitTests::isOffItsCarrier));
                    assertThat(this.threads).hasSize(callers + 1);

                    end.complete("done");
                    assertThat(await(first)).isEqualTo("7.30");
                    assertThat(others)
                            .allSatisfy(other -> assertThat(await(other)).isEqualTo("7.30"));
                });
    }

    /** Parks where no virtual thread can leave its carrier, whatever the JDK: in a static initializer. */
    static final class Pinning {

        static {
            LockSupport.parkNanos(1_000_000);
        }

        private Pinning() {}

        static void begin() {}
    }

    @Test
    void theRecordingSeesAPinnedThread(@TempDir Path directory) throws Exception {
        List<RecordedEvent> pinned = PinnedThreads.during(
                directory.resolve("pinned.jfr"),
                () -> await(onVirtualThread(() -> {
                    Pinning.begin();
                    return true;
                })));

        assertThat(pinned).anyMatch(event -> PinnedThreads.isParkedIn(event, Pinning.class.getName()));
    }

    @Test
    void noWaitOfThePoliciesPinsAThread(@TempDir Path directory) throws Exception {
        List<RecordedEvent> pinned = PinnedThreads.during(
                directory.resolve("waits.jfr"),
                () -> Startup.runner()
                        .withBean(Waits.class)
                        .run(context -> waitForEverything(context.getBean(Waits.class))));

        assertThat(pinned)
                .filteredOn(event -> PinnedThreads.isParkedIn(event, Calls.class.getName()))
                .isEmpty();
    }

    private void waitForEverything(Waits waits) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        List<Consumer<Waits>> calls = List.of(
                each -> each.permitted(later()),
                each -> each.alone(later()),
                each -> each.joined(later()),
                Waits::throttled,
                Waits::debounced,
                Waits::flaky,
                each -> assertThat(catchThrowable(each::hanging)).isInstanceOf(CallTimeoutException.class),
                Waits::all);
        for (int i = 0; i < 5; i++) {
            for (Consumer<Waits> call : calls) {
                all.add(onVirtualThread(() -> {
                    call.accept(waits);
                    return true;
                }));
            }
        }
        all.forEach(VirtualThreadWaitTests::await);
    }

    /** Settles on another thread, so that whoever has the permit or the lock keeps others waiting. */
    private static CompletableFuture<String> later() {
        return CompletableFuture.supplyAsync(() -> "done");
    }
}
