package dev.settle.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.queue.SpinLock;
import dev.settle.reactive.Crowd.Calling;
import dev.settle.reactive.Crowd.Policy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Calls wait, are granted, tried again and cancelled on threads that must not block, and nothing of it does. Nothing of
 * Settle's is on the list of what may. BlockHound rewrites the JDK's classes: it has a JVM of its own.
 */
@Tag("blockhound")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NonBlockingBlockHoundTests {

    private static final int CALLS = 200;

    private static final String TIMERS = ScheduledThreadPoolExecutor.class.getName() + "$DelayedWorkQueue";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What has blocked. */
    private static final List<Throwable> BLOCKED = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void watch() {
        Assertions.setMaxStackTraceElementsDisplayed(100);
        BlockHound.builder()
                .loadIntegrations()
                // The lock that the JDK's timers hold for a moment, as those of Reactor's own schedulers.
                .allowBlockingCallsInside(TIMERS, "offer")
                .allowBlockingCallsInside(TIMERS, "remove")
                // Noted and not thrown: the calls go on, and nobody can catch it.
                .blockingMethodCallback(method -> BLOCKED.add(new BlockingOperationError(method)))
                .install();
    }

    @BeforeEach
    void forget() {
        BLOCKED.clear();
    }

    @Test
    void aSleepOnSuchAThreadIsCaught() {
        Mono<Object> sleeping = Mono.fromRunnable(() -> {
                    try {
                        Thread.sleep(1);
                    } catch (InterruptedException ex) {
                        throw new IllegalStateException(ex);
                    }
                })
                .subscribeOn(Schedulers.parallel());

        sleeping.block(PATIENCE);

        assertThat(BLOCKED).hasSize(1);
    }

    /**
     * The lock that is looked at without a pause. By chance a call meets it taken: on two processors once in some hundred runs
     * of the test below. Goes first, because a compiled method spins without BlockHound's knowledge.
     */
    @Test
    @Order(1)
    void aLockThatIsHeldForAMomentIsNoWait() throws InterruptedException {
        Gate gate = new Gate();
        SpinLock.lock(Gate.LOCK, gate);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Object> passed = Mono.<Object>fromCallable(() -> {
                    begun.countDown();
                    SpinLock.lock(Gate.LOCK, gate);
                    return "passed";
                })
                .subscribeOn(Schedulers.parallel())
                .toFuture();
        begun.await();
        Results.until(() -> Thread.getAllStackTraces().values().stream()
                .anyMatch(frames -> Arrays.stream(frames)
                        .anyMatch(frame -> frame.getClassName().equals(SpinLock.class.getName()))));

        SpinLock.unlock(Gate.LOCK, gate);

        assertThat(passed).succeedsWithin(PATIENCE);
        assertThat(BLOCKED).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void callsBlockNoThread(Policy policy) {
        Startup.runner().withBean(Crowd.class).run(context -> {
            Crowd crowd = context.getBean(Crowd.class);
            // The first event of an application looks for its listeners, once and under a lock.
            policy.callings().forEach(calling -> callAll(crowd, calling));
            BLOCKED.clear();

            policy.callings().forEach(calling -> callAll(crowd, calling));

            assertThat(BLOCKED).isEmpty();
        });
    }

    private static void callAll(Crowd crowd, Calling calling) {
        assertThat(Flux.range(0, CALLS)
                        .flatMap(number -> call(crowd, calling, number), CALLS)
                        .count()
                        .block(PATIENCE))
                .isEqualTo(CALLS);
    }

    /** Ends with one signal, whatever becomes of the call: each third is cancelled, sooner or later. */
    private static Mono<Object> call(Crowd crowd, Calling calling, int number) {
        Mono<Object> outcome = Flux.from(calling.call(crowd, NonBlockingBlockHoundTests::work))
                .count()
                .cast(Object.class)
                .onErrorResume(IllegalStateException.class, Mono::just)
                .subscribeOn(Schedulers.parallel());
        return (number % 3 > 0) ? outcome : Mono.firstWithSignal(outcome, soon());
    }

    private static Mono<Object> soon() {
        return Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(5)))
                .cast(Object.class);
    }

    /** Takes a moment; now and then it fails. */
    private static Flux<Integer> work() {
        return Mono.delay(Duration.ofMillis(1))
                .map(tick -> {
                    if (ThreadLocalRandom.current().nextInt(5) == 0) {
                        throw new IllegalStateException("not now");
                    }
                    return 1;
                })
                .flux();
    }

    private static final class Gate {

        static final AtomicIntegerFieldUpdater<Gate> LOCK = AtomicIntegerFieldUpdater.newUpdater(Gate.class, "lock");

        @SuppressWarnings("unused")
        private volatile int lock;
    }
}
